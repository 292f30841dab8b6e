// Two people wrote in one field: whose text stays?
import { make } from "./company.js";
import { answerOf, conflictIn, controlsOf, fieldOf, putAnswer, revisionOf } from "./fields.js";
import { isNews, saySaved, stateOf } from "./saving.js";

export function offerChoices() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-choose]");
    const field = fieldOf(button);
    if (!field) return; // without a field that saves itself, the whole form is sent
    event.preventDefault();
    choose(field, conflictIn(field), button.dataset.choose);
  });
}

function choose(field, panel, choice) {
  const state = stateOf(field);
  const [control] = controlsOf(field);
  if (choice === "both") putAnswer(field, [withNews(panel.dataset.joined, isNews(field) ? control.value : "")]);
  if (choice === "theirs") {
    putAnswer(field, JSON.parse(panel.dataset.conflict));
    state.saved = String(answerOf(field));
  }
  state.refused = undefined;
  // Only the mark stays, with the revision that the chosen text is written on.
  const mark = make("p", "saved");
  mark.id = panel.id;
  mark.append(revisionOf(panel));
  panel.replaceWith(mark);
  control.focus();
  field.dispatchEvent(new Event("change", { bubbles: true })); // kept on the revision that was looked at, and sent
  if (choice === "theirs") saySaved();
}

const sentences = (text) => text.split(/(?<=[.!?…]\s|\n)/); // as joining.py

/** The two texts as the panel joined them, and after them what was typed since it came. */
function withNews(joined, typed) {
  const known = sentences(joined).map((each) => each.trim());
  const news = sentences(typed).filter((each) => !known.includes(each.trim()));
  return `${joined}\n\n${news.join("")}`.trim();
}
