// Where in this draft am I? Said when I move, and every twenty seconds while I am at work.
import { fieldOf, revisionOf } from "./fields.js";
import { newKey } from "./keys.js";

const BEAT = 20000;
const IDLE = 120000;
const SETTLE = 500;

/** This page among all that I have open: closing one leaves me there with the others. */
export const PAGE = newKey();

let company;
let place = "";
let said;
let timer;
let active = Date.now();

/** The name by which a field is saved: its input's, or for a cell `field.row.cell`. */
export const nameOf = (field) => (field && revisionOf(field)?.name.slice("_revision.".length)) || "";

export const myPlace = () => place;

export function sayWhereIAm() {
  company = document.getElementById("company");
  if (!company) return;
  document.addEventListener("focusin", ({ target }) => move(nameOf(fieldOf(target))));
  document.addEventListener("focusout", ({ relatedTarget }) => relatedTarget || move(""));
  for (const sign of ["keydown", "pointerdown", "focus"]) addEventListener(sign, awake, true);
  setInterval(beat, BEAT);
  addEventListener("pagehide", () => said !== undefined && tell({ left: 1 }));
  addEventListener("pageshow", (event) => event.persisted && beat());
  move(nameOf(fieldOf(document.activeElement)), 2 * SETTLE);
}

/** Write in a field although somebody else does; they are told. */
export function takeOver(field) {
  place = nameOf(field);
  tell({ take: 1 });
}

function awake() {
  const slept = Date.now() - active > IDLE;
  active = Date.now();
  if (slept) beat();
}

function move(to, wait = SETTLE) {
  place = to;
  clearTimeout(timer);
  timer = setTimeout(() => place !== said && beat(), wait);
}

function beat() {
  if (!document.hidden && Date.now() - active < IDLE) tell({});
}

function tell(more) {
  said = place;
  const body = new URLSearchParams({ page: PAGE, section: company.dataset.section, place, ...more });
  const headers = JSON.parse(document.body.getAttribute("hx-headers:inherited"));
  fetch("../presence", { method: "PUT", headers, body, keepalive: true }).catch(() => (said = undefined));
}
