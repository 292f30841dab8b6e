// How do I hear what others change in this draft? As it happens, or by asking every few seconds.
import { hear, sayClosed } from "./news.js";
import { PAGE } from "./presence.js";
import { reasonIn } from "./status.js";

const POLL = 10000;
const FIRST_WORD = 8000;
const TRY_AGAIN = 120000;

let company;
let source;
let since;
let timers = [];

export function listenToColleagues() {
  company = document.getElementById("company");
  if (!company) return;
  since = company.dataset.since;
  // A hidden page listens to nothing: a browser has few lines to one site, and streams are few.
  document.addEventListener("visibilitychange", start);
  addEventListener("pagehide", stop);
  addEventListener("pageshow", (event) => event.persisted && start());
  start();
}

const record = () => location.pathname.replace(/\/sections\/.*/, "");

/** Since when, for which page, and of which draft: a record that was opened again has another one. */
const asked = () => new URLSearchParams({ since, page: PAGE, draft: company.dataset.draft });

const later = (work, wait) => timers.push(setTimeout(work, wait * (0.75 + Math.random() / 2)));

function stop() {
  source?.close();
  source = undefined;
  timers.forEach(clearTimeout);
  timers = [];
}

function start() {
  stop();
  if (document.hidden) return;
  source = new EventSource(`../live?${asked()}`);
  later(fallBack, FIRST_WORD);
  source.onmessage = ({ data }) => {
    timers.splice(0).forEach(clearTimeout);
    take(JSON.parse(data));
  };
  source.onerror = () => source?.readyState === 2 && fallBack();
  source.addEventListener("over", () => {
    stop();
    poll();
  });
  source.addEventListener("poll", fallBack);
}

/** No stream: all are taken, I have too many, or something on the way holds it back. */
function fallBack() {
  stop();
  poll();
  later(start, TRY_AGAIN);
}

async function poll() {
  const response = await fetch(`../changes?${asked()}`).catch(() => null);
  // A closed draft leads to its record; who is no longer signed in is told when saving.
  if (response?.redirected && response.url.endsWith(record())) sayClosed();
  if (response?.status === 404) sayClosed(reasonIn(await response.text(), "told"));
  if (response?.redirected || [401, 403, 404].includes(response?.status) || document.hidden) return;
  if (response?.ok) take(await response.json());
  later(poll, POLL);
}

function take(news) {
  if (!news) return;
  since = news.since;
  hear(news);
}
