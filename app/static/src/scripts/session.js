// Has the person signed in again meanwhile, in another tab? Then this page goes on where it was.

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
