// What have I typed as my password? Shown only while wanted.

export function revealPasswords() {
  for (const button of document.querySelectorAll("[data-reveal]")) {
    const input = document.getElementById(button.dataset.reveal);
    button.hidden = false;
    button.addEventListener("click", () => turn(input, button, input.type === "password"));
    input.form?.addEventListener("submit", () => turn(input, button, false));
  }
}

function turn(input, button, isShown) {
  input.type = isShown ? "text" : "password";
  button.textContent = isShown ? button.dataset.hide : button.dataset.show;
}
