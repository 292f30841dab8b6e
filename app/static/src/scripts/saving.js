// How does a field save itself, so that nothing typed is lost on a bad line?
//
// htmx queues, sends and swaps. What is added here: when a field is sent; its body, made when the
// request leaves (so that it carries the newest revision and the newest text); that a request which
// may or may not have arrived is repeated word for word under its own key before anything newer is
// sent; and the line at the foot of the page, which says how it stands.
import { answerOf, bodyOf, conflictIn, controlsOf, onAnswer, savingFields } from "./fields.js";
import { keep } from "./keeping.js";
import { newKey } from "./keys.js";
import { goOn, isOfSession, renewSession } from "./session.js";
import { say, sayReason, stateOfLine, unsay } from "./status.js";

const PAUSE = 700;
const SETTLE = 800;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60000;

/** A trouble that passes, after which the same is asked again. */
export const isPassing = (status) => [408, 425, 429, 500, 502, 503, 504].includes(status);

// field -> saved: the answer known to be stored; refused: the answer known to be refused;
//          sent: the request not yet answered for; flying: it is under way; tries, timer
const states = new WeakMap();

export const stateOf = (field) => states.get(field);

export const isUnsaved = (field) => stateOf(field)?.sent || stateOf(field)?.saved !== String(answerOf(field));

/** Whether it holds what was neither stored nor refused. */
export const isNews = (field) => ![stateOf(field).saved, stateOf(field).refused].includes(String(answerOf(field)));

export const unsavedFields = () => savingFields().filter(isUnsaved);

/** Ask for a field to be saved now. */
export const save = (field) => field.dispatchEvent(new Event("enlace:save"));

export const isBusy = () => savingFields().some((field) => stateOf(field)?.flying);

/** Watch over a field from now on: what it holds is stored, unless the page says otherwise. */
export function savingBegins(field) {
  const answer = String(answerOf(field));
  // What stands beside a stored answer (it contradicts another) is no refusal of it.
  const isRefused = field.dataset.unsaved === "yes" && field.matches(".govuk-form-group--error");
  const isOpen = isRefused || conflictIn(field);
  const isTyped = isOpen || field.dataset.unsaved;
  states.set(field, { saved: isTyped ? undefined : answer, refused: isOpen ? answer : undefined, tries: 0 });
  showMark(field);
}

/** The mark, and the line below, say when the text was saved that is seen, not one before it. */
function showMark(field) {
  if (field.classList.toggle("is-unsaved", isUnsaved(field))) unsay("saved");
}

/** Say that all is saved, if it is. */
export const saySaved = (time) => unsavedFields().length || say("saved", time);

export function saveFields() {
  savingFields().forEach(savingBegins);
  const on = (name, listen) =>
    document.addEventListener(name, (event) => {
      const context = event.detail.ctx;
      const state = stateOf(context?.sourceElement);
      if (state) listen(state, context, event);
    });
  on("htmx:before:request", leave);
  on("htmx:after:request", arrive);
  on("htmx:error", (state, { sourceElement }) => state.sent && wait(state, sourceElement, "offline"));
  on("htmx:finally:request", settle);
  addEventListener("online", retry);
  addEventListener("focus", async () => {
    if (stateOfLine() !== "ended" || (await renewSession())) retry();
  });
  watch();
}

/** Save after a pause in typing and on leaving a field; what the page brought back unsaved, at once. */
function watch() {
  onAnswer("input", saveLater);
  onAnswer("input", showMark);
  onAnswer("change", save);
  onAnswer("change", showMark);
  const saveTyped = () => document.querySelectorAll("[data-unsaved]").forEach(save);
  document.addEventListener("htmx:after:process", saveTyped, { once: true });
}

function saveLater(field) {
  const state = stateOf(field);
  clearTimeout(state.pause);
  state.pause = setTimeout(save, PAUSE, field);
}

function leave(state, { request, sourceElement: field }, event) {
  // A form that is under way holds its fields; `sending.js` marks it so, and alone.
  if (field.closest("[data-sent]") || conflictIn(field) || !(state.sent || isNews(field))) {
    return event.preventDefault();
  }
  clearTimeout(state.timer);
  clearTimeout(state.pause);
  state.sent ??= { body: String(bodyOf(field)), answer: String(answerOf(field)), key: newKey() };
  state.flying = true;
  request.body = new URLSearchParams(state.sent.body);
  request.headers["Idempotency-Key"] = state.sent.key;
  say("saving");
}

function arrive(state, context, event) {
  const { response, sourceElement: field } = context;
  context.target = "find .saved"; // as it stands there now: others came while this one waited
  if (isPassing(response.status)) {
    event.preventDefault(); // the field shows nothing; the line says it
    wait(state, field, "later");
  } else if (isOfSession(response)) {
    event.preventDefault();
    goOn(state, context, () => save(field));
  } else if (response.status < 400) {
    Object.assign(state, { saved: state.sent.answer, sent: undefined, refused: undefined, tries: 0, renewed: false });
    mark(field, false);
    keep(field);
  } else {
    refuse(state, context);
  }
}

function refuse(state, context) {
  const field = context.sourceElement;
  Object.assign(state, { refused: state.sent.answer, sent: undefined, tries: 0 });
  if (context.text.includes("data-refused")) {
    context.target = field.querySelector(".govuk-error-message");
    mark(field, true);
  } else if (context.text.includes("data-conflict")) {
    state.saved = undefined; // somebody else's text is stored now
  } else {
    context.swap = "none";
    return sayReason(context.text);
  }
  say("refused");
}

function mark(field, isWrong) {
  field.classList.toggle("govuk-form-group--error", isWrong);
  for (const control of controlsOf(field)) {
    if (isWrong) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
  const slot = field.querySelector(".govuk-error-message");
  if (!isWrong && slot) slot.textContent = "";
}

/** What was answered may have put a message at another field, or taken one away: its frame follows. */
function markSaid() {
  for (const field of savingFields()) {
    const isWrong = Boolean(field.querySelector(".govuk-error-message")?.textContent.trim());
    if (isWrong !== field.classList.contains("govuk-form-group--error")) mark(field, isWrong);
  }
}

function wait(state, field, words) {
  say(words);
  clearTimeout(state.timer);
  state.timer = setTimeout(save, Math.min(FIRST_WAIT * 2 ** state.tries++, LONGEST_WAIT), field);
}

/** After an answer: send what was typed meanwhile, or say that all is saved. */
function settle(state, { sourceElement: field }) {
  const flew = state.flying;
  state.flying = false;
  markSaid();
  showMark(field);
  dispatchEvent(new Event("enlace:settled"));
  if (!flew || state.sent) return;
  if (isNews(field)) state.timer = setTimeout(save, SETTLE, field);
  else saySaved(field.querySelector(".saved time")?.textContent);
}

const waiting = () => savingFields().filter((field) => stateOf(field)?.sent && !stateOf(field).flying);

/** Whether a page that is left now would be followed by the browser's own word that there is no line. */
export const isCutOff = () => !navigator.onLine || (stateOfLine() === "offline" && waiting().length);

/** Send at once what waits for the line. */
export function retry() {
  waiting().forEach(save);
  if (stateOfLine() === "offline") saySaved();
}
