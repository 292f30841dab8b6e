// Where do words wait that are sent only with their whole form, so that neither a reload nor a lost line or
// session loses them? Beside the text that could not be sent, by form and place, until a page names the
// key under which its form was sent with success. Each marked form holds a script element of its own.
import { allKept, prefixOf, read, remove, stores } from "./keeping.js";

const TEXTS = "textarea, input[type=text]:not([autocomplete])";
const { dataset, parentElement, previousElementSibling: note } = document.currentScript;

/** What was sent is not kept. A panel's scripts run in any order, so that each looks. */
function forget() {
  const sent = [...document.querySelectorAll("script[data-done]")].map((each) => each.dataset.done);
  allKept().filter((key) => sent.includes(read(key)?.form)).forEach(remove);
}

/** Said above the form, so that nobody sends unseen what they once typed; it can be let go there. */
function tell(restored, undo) {
  if (!restored.length) return;
  note.hidden = false;
  note.querySelector("button").addEventListener("click", () => {
    undo();
    note.hidden = true;
    restored[0].focus();
  });
}

/** Who goes back without saving lets go of what was typed: the link in the form that leads where Back leads. */
function dropOnGoingBack(form) {
  const back = document.querySelector("a.back")?.href;
  form.addEventListener("click", ({ target }) => {
    if (target.closest(".buttons a")?.href !== back || !back) return;
    form.dataset.sent = "dropped";
    allKept().filter((key) => key.startsWith(prefixOf(form.dataset.keep))).forEach(remove);
  });
}

/** On a page that answers a sending (`answered`) stands what was typed, else what is saved. */
function keepWords(form, answered) {
  const { _key, revision } = form.elements;
  const saved = revision?.value;
  const restored = [];
  for (const text of form.querySelectorAll(TEXTS)) {
    const key = prefixOf(form.dataset.keep) + text.name;
    const shown = text.defaultValue;
    const kept = read(key);
    const isOurs = kept && (answered || revision || kept.drawn === shown);
    const drawn = isOurs ? kept.drawn : answered && !revision ? "" : shown;
    const keep = () => {
      const { value } = text;
      if (value === drawn || (!answered && value === shown)) return remove(key);
      const words = { answer: value, drawn, form: _key.value, revision: revision?.value, at: Date.now() };
      stores().forEach((store) => store.write(key, words));
    };
    if (isOurs && !answered && text.value === shown && kept.answer !== shown) {
      text.value = kept.answer;
      restored.push(text);
      // Written over an older text, it is sent as such, and the server says what a colleague saved meanwhile.
      if (drawn !== shown) revision.value = kept.revision;
      const folded = text.closest("details");
      if (folded) folded.open = true;
    }
    keep();
    text.addEventListener("input", keep);
  }
  tell(restored, () => {
    if (revision) revision.value = saved;
    for (const text of restored) {
      text.value = text.defaultValue;
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  dropOnGoingBack(form);
}

forget();
if (parentElement.dataset.keep) keepWords(parentElement, dataset.answered);
