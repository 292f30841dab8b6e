// How is a form sent once, even when its button is pressed twice, and not across a field's own save?
import { hold, isBusy, isCutOff, retry } from "./saving.js";
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
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (isCutOff() && form.querySelector("[hx-put]")) {
    event.preventDefault();
    sendLater(form, event.submitter);
    return;
  }
  hold(true);
  if (isBusy()) {
    event.preventDefault();
    settled().then(() => form.requestSubmit(event.submitter));
    return;
  }
  dispatchEvent(new Event("enlace:sending"));
  // The button is not disabled: its name and value belong to what is sent.
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-disabled", "true");
  setTimeout(free, AGAIN, form); // a download leaves the page standing
}

/** Without a line the page stays, and so does its text: what waits is tried once, then the form goes. */
function sendLater(form, submitter) {
  const goOn = () => isCutOff() || form.requestSubmit(submitter);
  if (navigator.onLine) addEventListener("enlace:settled", goOn, { once: true });
  retry();
  if (!navigator.onLine) say("offline");
}

function settled() {
  return new Promise((resolve) => {
    const look = () => isBusy() || resolve();
    addEventListener("enlace:settled", look);
    setTimeout(resolve, PATIENCE);
  });
}

function free(form) {
  hold(false);
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
}
