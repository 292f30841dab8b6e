// How is a reference taken along without typing it?

export const copyReferences = () => document.querySelectorAll("[data-copy]").forEach(offerCopy);

export function offerCopy(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}

async function copy(button) {
  const words = button.textContent;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.textContent = button.dataset.done;
  setTimeout(() => (button.textContent = words), 3000);
}
