// Who else is here, in words: in the list beside the page, and at the field where they are?
import { controlsOf, fieldOf } from "./fields.js";
import { myPlace, nameOf, takeOver } from "./presence.js";

export const words = () => document.getElementById("company").dataset;

export const fieldNamed = (name) => fieldOf(document.getElementsByName(`_revision.${name}`)[0]);

/** Say something to whoever does not see the page. */
export function announce(text) {
  document.getElementById("told").textContent = text;
}

export const make = (tag, className, textContent = "") => Object.assign(document.createElement(tag), { className, textContent });

export function showPeople(people) {
  document.querySelector("#company .people").replaceChildren(...people.map(entry));
  document.querySelector("#company .nobody").hidden = people.length > 0;
  const places = new Map();
  for (const one of people) if (one.place) places.set(one.place, [...(places.get(one.place) ?? []), one]);
  for (const note of document.querySelectorAll("[data-here]")) if (!places.has(note.dataset.here)) remove(note);
  for (const [place, here] of places) showAt(place, here);
}

function entry({ initials, words: said }) {
  const item = make("li", "person other");
  item.append(make("span", "", initials), make("span", "", said));
  item.firstChild.setAttribute("aria-hidden", "true");
  return item;
}

function showAt(place, people) {
  const field = fieldNamed(place);
  if (!field) return;
  const said = people.map((one) => one.here).join(" · ");
  const note = field.querySelector("[data-here]") ?? add(field, place);
  if (note.firstChild.textContent !== said) {
    note.firstChild.textContent = said;
    if (myPlace() === place) announce(said);
  }
  note.querySelector("button").hidden = !people.some((one) => one.holds);
}

function add(field, place) {
  const note = make("p", "here");
  const button = make("button", "as-link", words().takeWords);
  note.dataset.here = place;
  note.append(make("span", ""), " ", button);
  note.firstChild.id = `here-${place}`;
  button.type = "button";
  button.setAttribute("aria-describedby", note.firstChild.id);
  button.addEventListener("click", () => {
    takeOver(field);
    controlsOf(field)[0].focus();
  });
  field.append(note);
  describe(field, note.firstChild.id, true);
  return note;
}

function remove(note) {
  const field = fieldOf(note);
  if (note.contains(document.activeElement)) controlsOf(field)[0].focus();
  describe(field, note.firstChild.id, false);
  note.remove();
}

/** Let the question name, or no longer name, a sentence that stands below it. */
function describe(field, id, yes) {
  const described = field.querySelector("fieldset") ?? controlsOf(field)[0];
  const ids = (described.getAttribute("aria-describedby") ?? "").split(" ").filter((each) => each && each !== id);
  described.setAttribute("aria-describedby", (yes ? [...ids, id] : ids).join(" "));
}

/** Say below a field that a colleague changed it; `older` where the reader still sees the words before. */
export function showChanged(field, { words: said, revision }, older) {
  let note = field.querySelector(".changed");
  if (!note) field.append((note = make("p", "here changed")));
  const text = older ? `${said} ${words().olderWords}` : said;
  if (note.textContent === text) return;
  note.textContent = text;
  note.dataset.revision = revision;
  if (myPlace() === nameOf(field)) announce(text);
}
