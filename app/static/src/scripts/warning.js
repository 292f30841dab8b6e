// When does the sign-in end, and who says so while there is still time?
import { renewSession } from "./session.js";
import { ofComputer } from "./storage.js";

const BEFORE = 5 * 60 * 1000;
const LAG = 60 * 1000; // when a browser was seen is written once a minute
const SEEN = "enlace:seen"; // this and other windows: whoever is busy in one is busy in all

export function warnBeforeEnd() {
  const { idle, left } = document.body.dataset;
  const box = document.getElementById("session-warning");
  if (!box || !idle) return;
  const last = Date.now() + left * 1000;
  let end, timer, seenHere;

  const show = (which) => {
    if (which === shown()) return;
    box.hidden = !which;
    for (const words of box.children) words.hidden = words.dataset.said !== which;
  };
  const shown = () => [...box.children].find((words) => !words.hidden)?.dataset.said;
  const look = () => {
    const now = Date.now();
    end = Math.min(Math.max(seenHere, ofComputer.read(SEEN) ?? 0) + idle * 1000 - LAG, last);
    show(now >= end ? "over" : now < end - BEFORE ? undefined : end === last ? "last" : "idle");
    clearTimeout(timer);
    if (now < end) timer = setTimeout(look, Math.max(now < end - BEFORE ? end - BEFORE - now : end - now, 1000));
  };
  const seen = () => {
    ofComputer.write(SEEN, Date.now());
    seenHere = Date.now();
    look();
  };
  const stay = async () => ((await renewSession()) ? seen() : look());

  addEventListener("storage", ({ key }) => key === SEEN && look());
  addEventListener("focus", () => (shown() === "over" ? stay() : look()));
  document.addEventListener("htmx:after:request", ({ detail }) => detail.ctx.response?.status < 400 && seen());
  box.querySelector("button").addEventListener("click", stay);
  seen();
}
