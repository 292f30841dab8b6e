// What did I write for this record that was never sent? Its page shows it, to copy or to delete.
import { offerCopy } from "./copying.js";
import { remove, unsentOf } from "./keeping.js";

const box = document.getElementById("unsent");
const template = box.querySelector("template");

function show([key, { question, words }], place) {
  const item = template.content.firstElementChild.cloneNode(true);
  const head = item.querySelector("h3");
  const [copying, deleting] = item.querySelectorAll("button");
  head.id = `unsent-${place}`;
  head.textContent = question;
  item.querySelector(".kept").textContent = words || "—";
  for (const each of item.querySelectorAll("button, summary")) each.setAttribute("aria-describedby", head.id);
  copying.dataset.copy = words;
  offerCopy(copying);
  deleting.addEventListener("click", () => {
    remove(key);
    item.remove();
    box.hidden = !box.querySelector("article");
    (box.querySelector("summary") ?? document.getElementById("main")).focus();
  });
  box.append(item);
  box.hidden = false;
}

unsentOf(box.dataset.record).forEach(show);
