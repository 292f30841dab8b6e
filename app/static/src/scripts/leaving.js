// Would leaving now lose something that was typed?
import { fieldOf } from "./fields.js";
import { unsavedFields } from "./saving.js";

let isTouched = false;
let isSending = false;

export function guardLeaving() {
  const work = document.getElementById("work");
  if (!work) return;
  work.addEventListener("input", ({ target }) => (isTouched ||= !fieldOf(target)));
  addEventListener("enlace:sending", () => (isSending = true));
  addEventListener("pageshow", () => (isSending = false));
  addEventListener("beforeunload", (event) => {
    if (!isSending && (isTouched || unsavedFields().length)) event.preventDefault();
  });
}
