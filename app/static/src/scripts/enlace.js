// What does a page do by itself, once it is there? Everything here also works without this file.
import { followConditions } from "./conditions.js";
import { offerChoices } from "./conflict.js";
import { copyReferences } from "./copying.js";
import { keepUnsent } from "./keeping.js";
import { guardLeaving } from "./leaving.js";
import { listenToColleagues } from "./live.js";
import { followNews } from "./news.js";
import { revealPasswords } from "./password.js";
import { sayWhereIAm } from "./presence.js";
import { saveFields } from "./saving.js";
import { sendOnce } from "./sending.js";
import { showErrors } from "./summary.js";
import { showPresent } from "./ways.js";

showErrors();
showPresent();
keepUnsent();
followConditions();
sendOnce();
saveFields();
offerChoices();
guardLeaving();
followNews();
listenToColleagues();
sayWhereIAm();
copyReferences();
revealPasswords();
