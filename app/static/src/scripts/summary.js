// Where is what went wrong? The list of errors gets the focus, and its links go to their inputs.

export function showErrors() {
  const summary = document.querySelector(".govuk-error-summary");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const input = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!input) return;
    event.preventDefault();
    for (let hidden; (hidden = input.closest("details:not([open])")); ) hidden.open = true;
    (input.closest(".govuk-form-group, fieldset") ?? input).scrollIntoView();
    input.focus({ preventScroll: true });
  });
}
