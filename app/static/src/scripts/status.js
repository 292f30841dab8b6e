// What does the line at the foot of the page say about saving?

const line = () => document.getElementById("status");

export const stateOfLine = () => line()?.dataset.state;

/** Show one of the sentences that the page brought along: saving, saved (at a time), offline, later, refused, ended. */
export function say(state, time = "") {
  const status = line();
  const isOver = stateOfLine() === "ended" && state !== "saved";
  if (!status || isOver || (stateOfLine() === state && state !== "saved")) return;
  show(state, (status.dataset[`${state}Words`] ?? "").replace("{time}", time).trim());
  if (state === "ended") status.append(" ", signIn(status.dataset));
}

/** The sentence is true no longer. */
export const unsay = (state) => stateOfLine() === state && show("", "");

/** The reason that a refusing page gives; with `told` only one that is of this very case. */
export const reasonIn = (html, kind = "") =>
  new DOMParser().parseFromString(html, "text/html").querySelector(`[data-reason${kind && `=${kind}`}]`)?.textContent.trim();

/** Show the reason that a refusing page gives. */
export function sayReason(html) {
  const reason = reasonIn(html);
  if (reason && line()) show("refused", reason);
  else say("refused");
}

function show(state, words) {
  line().dataset.state = state;
  line().textContent = words;
}

function signIn({ signInUrl: href, signInWords: textContent }) {
  return Object.assign(document.createElement("a"), { href, textContent, target: "_blank", rel: "noopener" });
}
