// Would leaving now lose something that was typed?
import { fieldOf } from "./fields.js";
import { unsavedFields } from "./saving.js";

let isTouched = false;

export function guardLeaving() {
  const work = document.getElementById("work");
  if (!work) return;
  work.addEventListener("input", ({ target }) => (isTouched ||= !fieldOf(target)));
  addEventListener("beforeunload", (event) => {
    const isSending = document.querySelector("[data-sent]"); // its text goes along
    if (!isSending && (isTouched || unsavedFields().length)) event.preventDefault();
  });
}
