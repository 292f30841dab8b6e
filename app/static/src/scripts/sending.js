// How is a form sent once, even when its button is pressed twice, and not across a field's own save?
import { isBusy, isCutOff, retry, save, unsavedFields } from "./saving.js";
import { say } from "./status.js";

const AGAIN = 5000;
const PATIENCE = 4000;

export function sendOnce() {
  addEventListener("submit", send);
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(free));
}

function send(event) {
  const form = event.target;
  if (event.defaultPrevented) return; // htmx sends it
  const waits = form.querySelector("[hx-put]") && (isBusy() ? afterItsFields : isCutOff() && onceThereIsALine);
  if (form.dataset.sent || waits) event.preventDefault();
  if (form.dataset.sent) return;
  if (waits) return waits(form, event.submitter);
  // The button is not disabled: its name and value belong to what is sent.
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-disabled", "true");
  setTimeout(free, AGAIN, form); // a download leaves the page standing
}

const afterItsFields = (form, submitter) => settled().then(() => form.requestSubmit(submitter));

/** What waits is tried once. Still without a line the page stays, with its text, and the press is over. */
async function onceThereIsALine(form, submitter) {
  retry();
  if (navigator.onLine) await settled();
  if (isCutOff()) say("offline");
  else form.requestSubmit(submitter);
}

function settled() {
  return new Promise((resolve) => {
    const look = () => isBusy() || done();
    const done = () => (removeEventListener("enlace:settled", look), resolve());
    addEventListener("enlace:settled", look);
    setTimeout(done, PATIENCE);
  });
}

/** The page stands, so what was typed meanwhile is saved. */
function free(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  unsavedFields().forEach(save);
}
