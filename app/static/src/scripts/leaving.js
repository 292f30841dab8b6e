// Would leaving now lose something that was typed?
import { fieldOf } from "./fields.js";
import { allKept, remove } from "./keeping.js";
import { unsavedFields } from "./saving.js";

let isTouched = false;

export function guardLeaving() {
  document.getElementById("work")?.addEventListener("input", ({ target }) => (isTouched ||= !fieldOf(target)));
  document.addEventListener("submit", signOut);
  addEventListener("beforeunload", (event) => {
    // With these two nothing is lost, or its writer said that it may be.
    if (isAtRisk() && !document.querySelector("[data-sent]:is(#work, [data-sign-out])")) event.preventDefault();
  });
}

const isAtRisk = () => isTouched || unsavedFields().length;

/** What waits on this computer goes when its writer signs out: of what was not sent they are asked first. */
function signOut(event) {
  const question = event.target.dataset.signOut;
  if (!question) return;
  if ((isAtRisk() || allKept().length) && !confirm(question)) event.preventDefault();
  else allKept().forEach(remove);
}
