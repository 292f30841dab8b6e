// Does somebody else sit here by now? Then what was opened on purpose leaves the screen.
//
// Every page that shows sealed values carries this, and so does the page of signing in: that one tells the
// others, in all windows of this browser, that nobody is signed in. A page that was hidden meanwhile looks
// for itself when it is seen again. Nothing is stored.
const { dataset } = document.currentScript;
const reader = document.body.dataset.reader ?? "";
const channel = new BroadcastChannel("enlace");

/** Nothing is left to read, neither here nor by going back; what stands in its place asks for signing in. */
function empty() {
  document.body.replaceChildren();
  document.title = "Enlace";
  location.replace(dataset.back);
}

async function look() {
  if (document.hidden) return;
  const answer = await fetch(dataset.back, { method: "HEAD", redirect: "manual" }).catch(() => null);
  if (answer && !answer.ok) empty();
}

if (dataset.back) {
  channel.onmessage = ({ data }) => data !== reader && empty();
  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", ({ persisted }) => persisted && look());
} else channel.postMessage(reader);
