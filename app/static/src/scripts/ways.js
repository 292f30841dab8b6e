// Where am I? On a narrow screen the row of main pages shows the present one.

export function showPresent() {
  const present = document.querySelector(".ways [aria-current]");
  if (present) present.parentElement.scrollLeft = present.offsetLeft - present.parentElement.offsetLeft - 16;
}
