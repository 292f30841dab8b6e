// Where do a reviewer's words wait, which are sent only as a whole, so that neither a reload nor a lost
// line or session loses them? Beside the text that could not be sent, by version and place, until the
// page after the decision forgets them.
import { prefixOf, read, remove, stores, unsentOf } from "./keeping.js";

const { decided } = document.currentScript.dataset;

function keep(text, key) {
  if (!text.value) return remove(key);
  stores().forEach((store) => store.write(key, { answer: text.value, at: Date.now() }));
}

function bringBack(text, key) {
  const kept = read(key);
  if (!kept || text.value) return; // the page itself brought back what was typed
  text.value = kept.answer;
  const folded = text.closest("details");
  if (folded) folded.open = true;
}

function keepWords(form) {
  for (const text of form.querySelectorAll("textarea")) {
    const key = prefixOf(form.dataset.keep) + text.name;
    bringBack(text, key);
    keep(text, key);
    text.addEventListener("input", () => keep(text, key));
  }
}

if (decided) unsentOf(decided).forEach(([key]) => remove(key));
else keepWords(document.querySelector("form[data-keep]"));
