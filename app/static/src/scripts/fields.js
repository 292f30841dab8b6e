// Which inputs belong to a field that is saved by itself, and what do they hold?

/** The closest element that saves itself, or undefined. */
export const fieldOf = (element) => element?.closest?.("[hx-put]");

/** Whenever somebody types ("input") or has typed ("change") in a field that saves itself. */
export const onAnswer = (kind, act) =>
  document.addEventListener(kind, ({ target }) => {
    if (fieldOf(target)) act(fieldOf(target));
  });

export const savingFields = () => [...document.querySelectorAll("[hx-put]")];

export const controlsOf = (field) =>
  [...field.querySelectorAll("input, select, textarea")].filter(
    (control) => control.name && !/hidden|file/.test(control.type),
  );

const counts = (control) => !/checkbox|radio/.test(control.type) || control.checked;

/** What a person has answered, as it is sent. */
export const answerOf = (field) =>
  new URLSearchParams(
    controlsOf(field)
      .filter((control) => counts(control) && !control.disabled)
      .map((control) => [control.name, control.value]),
  );

/** What was asked, and what was answered, in the words that are on the page. */
export const questionOf = (field) =>
  [field.closest(".rows"), field]
    .map((part) => part?.querySelector("legend, label").firstChild.textContent.trim())
    .filter(Boolean)
    .join(" · ");

export const wordsOf = (field) =>
  controlsOf(field)
    .filter(counts)
    .map(({ type, value, labels, selectedOptions }) => {
      if (selectedOptions) return selectedOptions[0]?.text;
      return /checkbox|radio/.test(type) ? labels[0].textContent.trim() : value;
    })
    .filter(Boolean)
    .join("\n");

/** The answer, and the revision that it was written on. */
export function bodyOf(field) {
  const body = answerOf(field);
  for (const hidden of field.querySelectorAll("input[type=hidden]")) body.append(hidden.name, hidden.value);
  return body;
}

/** Put an answer (a list of strings, as a form posts it) into the inputs of a field. */
export function putAnswer(field, values) {
  const controls = controlsOf(field);
  if (controls.length === 1) values = [values.join("\n")];
  const isSet = controls.some((control) => /checkbox|radio/.test(control.type));
  controls.forEach((control, place) => {
    if (isSet && /checkbox|radio/.test(control.type)) control.checked = values.includes(control.value);
    else control.value = values[isSet ? values.length - 1 : place] ?? "";
  });
}

/** The input that says on which revision of the answer a text was written. */
export const revisionOf = (field) => field.querySelector("[name^='_revision.']");

/** The panel that asks which of two texts stays, while it is open. */
export const conflictIn = (field) => field.querySelector("[data-conflict]");

/** Put an answer back into the inputs of a field, as `answerOf` gave it. */
export function putPosted(field, posted) {
  const values = new Map([...posted.keys()].map((name) => [name, posted.getAll(name)]));
  for (const control of controlsOf(field)) {
    const left = values.get(control.name) ?? [];
    if (/checkbox|radio/.test(control.type)) control.checked = left.includes(control.value);
    else control.value = left.shift() ?? "";
  }
}
