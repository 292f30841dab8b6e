// Where does text wait that could not be sent, so that a reload, a crash or a power cut loses nothing?
//
// In this window's storage, by person, draft and field; on a computer that its person marked as their
// own also beyond the window, for seven days. Forms with sensitive answers leave no such trace: their
// pages name no draft to keep for.
import { answerOf, controlsOf, fieldOf, putPosted, revisionOf, savingFields } from "./fields.js";
import { ofComputer, ofWindow } from "./storage.js";

const PREFIX = "enlace:unsent:";
const LONGEST = 7 * 24 * 60 * 60 * 1000;
const STRANDED = 10 * 1000; // younger text of another window is still being written there

const draft = () => document.getElementById("work")?.dataset.keep;
const keyOf = (field) => `${PREFIX}${document.body.dataset.reader}:${draft()}:${field.getAttribute("hx-put")}`;
const isOpen = (field) => field.querySelector("[data-conflict]");
const stores = () => (document.body.dataset.own ? [ofWindow, ofComputer] : [ofWindow]);

/** Bring back what was not sent, and keep from now on what is typed. */
export function keepUnsent() {
  forgetOld();
  document.addEventListener("submit", ({ target }) => {
    if (target.matches("[data-sign-out]")) forgetAll();
  });
  for (const field of savingFields()) {
    if (draft() && !isOpen(field)) bringBack(field);
    if (isTyped(field)) field.dataset.unsaved = "typed";
    if (field.dataset.unsaved) keep(field);
  }
  if (!draft()) return;
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, ({ target }) => fieldOf(target) && keep(fieldOf(target)));
  }
}

export function keep(field) {
  if (!draft() || !revisionOf(field)) return;
  // While it is open which text stays, nothing is written on the newer one.
  const revision = isOpen(field) ? (ofWindow.read(keyOf(field))?.revision ?? "0") : revisionOf(field).value;
  write(field, { answer: String(answerOf(field)), revision, at: Date.now() });
}

/** The answer arrived, or its writer chose another. */
export function forget(field) {
  if (!draft()) return;
  for (const store of [ofWindow, ofComputer]) store.remove(keyOf(field));
}

function bringBack(field) {
  if (field.dataset.unsaved) return; // the page itself brought back what was typed
  const kept = ofWindow.read(keyOf(field)) ?? stranded(field);
  const revision = revisionOf(field);
  if (!kept || !revision) return;
  if (kept.answer === String(answerOf(field))) return forget(field);
  putPosted(field, new URLSearchParams(kept.answer));
  // Written on an older text, it meets the newer one in the panel that asks which one stays.
  revision.value = kept.revision;
  field.dataset.unsaved = "typed";
}

function stranded(field) {
  const kept = document.body.dataset.own && ofComputer.read(keyOf(field));
  return kept && Date.now() - kept.at > STRANDED ? kept : undefined;
}

/** Whether somebody typed before this script was there, or the browser put typed text back. */
function isTyped(field) {
  return controlsOf(field).some((control) => {
    if (/checkbox|radio/.test(control.type)) return control.checked !== control.defaultChecked;
    if (control.options) return control.selectedIndex !== drawnIndex(control);
    return control.value !== control.defaultValue.replaceAll("\r\n", "\n");
  });
}

function drawnIndex({ options }) {
  const drawn = [...options].findLastIndex((option) => option.defaultSelected);
  return drawn < 0 ? 0 : drawn;
}

const write = (field, kept) => stores().forEach((store) => store.write(keyOf(field), kept));

function forgetAll() {
  for (const store of [ofWindow, ofComputer]) store.keys(PREFIX).forEach(store.remove);
}

/** Another's text in this window goes, text older than seven days, and all once the computer is nobody's own. */
function forgetOld() {
  const { reader, own } = document.body.dataset;
  const others = ofWindow.keys(PREFIX).filter((key) => !key.startsWith(`${PREFIX}${reader}:`));
  if (reader) others.forEach(ofWindow.remove);
  for (const key of ofComputer.keys(PREFIX)) {
    const isOld = !(ofComputer.read(key)?.at > Date.now() - LONGEST);
    if (isOld || (reader && !own)) ofComputer.remove(key);
  }
}
