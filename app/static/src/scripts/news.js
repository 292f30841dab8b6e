// Something in this draft was changed elsewhere: may it appear here now, or is somebody writing there?
import { announce, fieldNamed, make, showChanged, showPeople, words } from "./company.js";
import { answerOf, conflictIn, controlsOf, fieldOf, revisionOf } from "./fields.js";
import { isPassing, isUnsaved, savingBegins, stateOf } from "./saving.js";

const LATER = 5000;

const waiting = new Map(); // name -> a change that this page does not show yet
const underWay = new Set(); // what is being asked for
let rows = {};
let timer;

export function followNews() {
  if (!document.getElementById("company")) return;
  const look = () => setTimeout(lookAgain, 50);
  addEventListener("enlace:settled", look);
  document.addEventListener("focusout", look);
}

export function hear({ people, changes = [], rows: now }) {
  if (people) showPeople(people);
  for (const change of changes) waiting.set(change.name, change);
  if (now) rows = now;
  lookAgain();
}

export function sayClosed(reason) {
  const told = document.querySelector("#company .closed");
  if (reason) told.textContent = reason;
  told.hidden = false;
  announce(told.textContent);
}

function lookAgain() {
  for (const change of waiting.values()) consider(change);
  for (const [key, ids] of Object.entries(rows)) compareRows(key, ids);
  for (const note of document.querySelectorAll(".changed")) {
    if (numberOf(fieldOf(note)) > note.dataset.revision) note.remove();
  }
}

const numberOf = (field) => Number(revisionOf(field).value.split(":").pop());

const isAtWork = (field) =>
  field.contains(document.activeElement) || isUnsaved(field) || conflictIn(field);

function consider(change) {
  const field = fieldNamed(change.name);
  if (!field || numberOf(field) >= change.revision) waiting.delete(change.name);
  else if (!isAtWork(field)) refresh(field, change);
  // While my own save is under way I may hear of it before its answer: then it is no news.
  else if (!(change.mine && isUnsaved(field))) showChanged(field, change, true);
}

/** What stands there now, unless it is asked for already. What cannot be had just now is looked for again. */
async function parsed(url) {
  if (underWay.has(url)) return null;
  underWay.add(url);
  const [status, html] = await textOf(url).catch(() => [503, ""]); // without a line as with a busy server
  underWay.delete(url);
  if (isPassing(status)) {
    clearTimeout(timer);
    timer = setTimeout(lookAgain, LATER);
  }
  return status === 200 ? new DOMParser().parseFromString(html, "text/html").body : null;
}

async function textOf(url) {
  const response = await fetch(url);
  return [response.status, await response.text()];
}

/** A change waits until the page shows it, or something newer. */
async function refresh(field, change) {
  const answer = await parsed(field.getAttribute("hx-put"));
  const fresh = answer?.querySelector("[hx-put]");
  if (!fresh || numberOf(fresh) <= numberOf(field)) return;
  if (!isAtWork(field)) {
    put(field, fresh);
    putFigures(answer);
    showChanged(field, change, false);
  }
  lookAgain();
}

/** The newer answer goes into the inputs that are there: nothing on the page is replaced. */
function put(field, fresh) {
  const newer = controlsOf(fresh);
  controlsOf(field).forEach((control, place) => {
    if (/checkbox|radio/.test(control.type)) control.checked = newer[place].checked;
    else control.value = newer[place].value;
  });
  field.querySelector(".saved").replaceWith(fresh.querySelector(".saved"));
  Object.assign(stateOf(field), { saved: String(answerOf(field)), refused: undefined });
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

/** What is worked out from the newer answer comes along with it. */
function putFigures(answer) {
  for (const figure of answer.querySelectorAll("output[id]")) document.getElementById(figure.id)?.replaceWith(figure);
}

function compareRows(key, ids) {
  const table = document.getElementById(key);
  if (!table?.matches(".rows")) return;
  const shown = [...table.querySelectorAll(".row-card")].map((card) => card.id.slice("row-".length));
  if (String(shown) === String(ids)) return;
  if (!isBusy(table)) redraw(table, ids);
  else if (!table.querySelector(".rows-changed")) {
    const note = make("p", "here rows-changed", words().rowsWords);
    table.append(note);
    announce(note.textContent);
  }
}

const isBusy = (table) =>
  table.contains(document.activeElement) || [...table.querySelectorAll("[hx-put]")].some(isAtWork);

async function redraw(table, ids) {
  const answer = await parsed(`../answers/${table.id}`);
  const fresh = answer?.querySelector(".rows");
  if (!fresh || !table.isConnected) return;
  if (isBusy(table)) return lookAgain();
  table.replaceWith(fresh);
  putFigures(answer);
  fresh.querySelectorAll("[hx-put]").forEach(savingBegins);
  globalThis.htmx?.process(fresh);
  fresh.dispatchEvent(new Event("change", { bubbles: true }));
  if (rows[table.id] !== ids) lookAgain(); // others were told meanwhile
}
