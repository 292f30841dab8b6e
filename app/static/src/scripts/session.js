// Has the person signed in again meanwhile, in another tab? Then this page goes on where it was.
import { say, sayReason } from "./status.js";

const HEADERS = "hx-headers:inherited";

/** Take over the new session's token from a fresh copy of this page; false while there is none. */
export async function renewSession() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!response?.ok) return false;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const { body } = document;
  if (!body.dataset.reader || fresh.body.dataset.reader !== body.dataset.reader) return false;
  body.setAttribute(HEADERS, fresh.body.getAttribute(HEADERS));
  const token = fresh.querySelector("[name=csrf_token]")?.value;
  if (token) for (const input of document.querySelectorAll("[name=csrf_token]")) input.value = token;
  document.getElementById("status").dataset.state = "";
  return true;
}

let looking;

/** However many fields ask at once, the page is fetched once. */
const renewOnce = () => (looking ??= renewSession().finally(() => (looking = undefined)));

/** Whether a save was refused only for its session: it ended, or another took its place. */
export const isOfSession = ({ status, headers }) => status === 401 || headers.has("Enlace-Form");

/** Look once whether the session goes on, and save `again`; where it does not, say why. */
export async function goOn(state, { response, text }, again) {
  state.renewed = !state.renewed && (await renewOnce());
  if (state.renewed) again();
  else if (response.status === 409) sayReason(text);
  else say("ended");
}
