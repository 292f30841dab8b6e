// Which questions only make sense after another answer? They are hidden until it is given.

export function followConditions() {
  const questions = document.querySelectorAll("[data-when]");
  const look = () => questions.forEach((question) => (question.hidden = !isAsked(question.dataset)));
  document.addEventListener("input", look);
  document.addEventListener("change", look);
  look();
}

function isAsked({ when, any }) {
  const wanted = any.split(" ");
  const controls = document.querySelectorAll(`[name="${when}"], [name="${when}.code"]`);
  return !controls.length || [...controls].some((control) => holds(control, wanted));
}

const holds = (control, wanted) =>
  (!/checkbox|radio/.test(control.type) || control.checked) && wanted.includes(control.value);
