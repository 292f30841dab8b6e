// Two people wrote in one field: whose text stays?
import { answerOf, controlsOf, fieldOf, putAnswer } from "./fields.js";
import { forget, keep } from "./keeping.js";
import { save, saySaved, stateOf } from "./saving.js";

export function offerChoices() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-choose]");
    const field = fieldOf(button);
    if (!field) return; // without a field that saves itself, the whole form is sent
    event.preventDefault();
    choose(field, button.closest("[data-conflict]"), button.dataset.choose);
  });
}

function choose(field, panel, choice) {
  const theirs = JSON.parse(panel.dataset.conflict);
  const state = stateOf(field);
  const [control] = controlsOf(field);
  // What was typed since the panel came is in neither text.
  if (choice === "both") putAnswer(field, [panel.dataset.joined + (state.refused === String(answerOf(field)) ? "" : `\n\n${control.value}`)]);
  if (choice === "theirs") {
    putAnswer(field, theirs);
    state.saved = String(answerOf(field));
  }
  state.refused = undefined;
  close(panel);
  if (choice === "theirs") forget(field);
  else keep(field); // on the revision that was looked at
  control.focus();
  field.dispatchEvent(new Event("change", { bubbles: true }));
  if (choice === "theirs") saySaved();
  else save(field);
}

/** Only the mark stays, with the revision that the chosen text is written on. */
function close(panel) {
  const mark = Object.assign(document.createElement("p"), { className: "saved", id: panel.id });
  mark.append(panel.querySelector("[name^=_revision]"));
  panel.replaceWith(mark);
}
