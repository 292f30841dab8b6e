// Where does text wait that could not be sent, so that a reload, a crash or a power cut loses nothing?
//
// In this window's storage, by person, record and field; on a computer that its person marked as their
// own also beyond the window, for seven days. It outlives its draft: over the answer of another one it
// meets the panel that asks which stays, and the record's page shows all of it. Forms with sensitive
// answers leave no such trace: their pages name no record to keep for.
import { answerOf, conflictIn, controlsOf, onAnswer, putPosted, questionOf, revisionOf, savingFields, wordsOf } from "./fields.js";
import { isUnsaved } from "./saving.js";
import { ofComputer, ofWindow } from "./storage.js";

const PREFIX = "enlace:unsent:";
const LONGEST = 7 * 24 * 60 * 60 * 1000;
const STRANDED = 10 * 1000; // younger text of another window is still being written there

const record = () => document.getElementById("work")?.dataset.keep;
export const prefixOf = (record) => `${PREFIX}${document.body.dataset.reader}:${record}:`;
const keyOf = (field) => prefixOf(record()) + field.getAttribute("hx-put");
const EVERYWHERE = [ofWindow, ofComputer];
export const stores = () => (document.body.dataset.own ? EVERYWHERE : [ofWindow]);

/** Bring back what was not sent, and keep from now on what is typed. */
export function keepUnsent() {
  forgetOld();
  for (const field of savingFields()) {
    if (record() && !conflictIn(field)) bringBack(field);
    if (isTyped(field)) field.dataset.unsaved = "typed";
    if (field.dataset.unsaved) keep(field);
  }
  onAnswer("input", keep);
  onAnswer("change", keep);
}

/** Keep what is not saved; of what is, nothing has to wait here. */
export function keep(field) {
  if (!record() || !revisionOf(field)) return;
  if (!isUnsaved(field)) return remove(keyOf(field));
  // While it is open which text stays, nothing is written on the newer one.
  const revision = conflictIn(field) ? (ofWindow.read(keyOf(field))?.revision ?? "0") : revisionOf(field).value;
  const kept = { answer: String(answerOf(field)), revision, at: Date.now(), question: questionOf(field), words: wordsOf(field) };
  stores().forEach((store) => store.write(keyOf(field), kept));
}

/** Everything that waits for a record: its key, and what was kept. */
export function unsentOf(record) {
  const keys = new Set(stores().flatMap((store) => store.keys(prefixOf(record))));
  return [...keys].map((key) => [key, read(key)]).filter(([, kept]) => kept);
}

export const remove = (key) => EVERYWHERE.forEach((store) => store.remove(key));

function bringBack(field) {
  if (field.dataset.unsaved) return; // the page itself brought back what was typed
  const kept = read(keyOf(field));
  const revision = revisionOf(field);
  if (!kept || !revision) return;
  if (kept.answer === String(answerOf(field))) return remove(keyOf(field));
  putPosted(field, new URLSearchParams(kept.answer));
  // Written on an older text, it meets the newer one in the panel that asks which one stays.
  revision.value = kept.revision;
  field.dataset.unsaved = "typed";
}

export const read = (key) => ofWindow.read(key) ?? stranded(key);

function stranded(key) {
  const kept = document.body.dataset.own && ofComputer.read(key);
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

/** All that waits on this computer, of whichever record. */
export const allKept = () => EVERYWHERE.flatMap((store) => store.keys(PREFIX));

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
