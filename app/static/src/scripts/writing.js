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

/** Let go of what was typed: by the link of the note above the form, or by the one that leads where Back does. */
function letGo(form, { target }) {
  const link = target.closest("a");
  if (!link || (link.parentNode !== note && link.href !== document.querySelector("a.back")?.href)) return;
  form.dataset.sent = "dropped";
  allKept().filter((key) => key.startsWith(prefixOf(form.dataset.keep))).forEach(remove);
}

/** On a page that answers a sending (`answered`) stands what was typed, else what is saved. */
function keepWords(form, answered) {
  const { _key, revision } = form.elements;
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
      note.hidden = false;
      // Written over an older text, it is sent as such, and the server says what a colleague saved meanwhile.
      if (drawn !== shown) revision.value = kept.revision;
      const folded = text.closest("details");
      if (folded) folded.open = true;
    }
    keep();
    text.addEventListener("input", keep);
  }
  form.addEventListener("click", (event) => letGo(form, event));
}

forget();
if (parentElement.dataset.keep) keepWords(parentElement, dataset.answered);
