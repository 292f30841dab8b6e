// How does a form get the answer of a passkey? Loaded only where a page has a button for one.
//
// The button fetches what is to be signed, lets the browser ask the person, and sends the form with the
// answer in it, as a press on its first button would.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const known = (list) => list?.map((each) => ({ ...each, id: bytes(each.id) }));

function readable({ publicKey }) {
  const { challenge, user, allowCredentials, excludeCredentials } = publicKey;
  const read = { ...publicKey, challenge: bytes(challenge) };
  if (user) read.user = { ...user, id: bytes(user.id) };
  if (allowCredentials) read.allowCredentials = known(allowCredentials);
  if (excludeCredentials) read.excludeCredentials = known(excludeCredentials);
  return { publicKey: read };
}

function spelt({ id, rawId, type, response }) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature"].filter((name) => response[name]);
  const said = Object.fromEntries(parts.map((name) => [name, text(response[name])]));
  return JSON.stringify({ id, rawId: text(rawId), type, response: said });
}

async function ask({ dataset }) {
  const answer = await fetch(dataset.options, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  const options = readable(await answer.json());
  const { credentials } = navigator;
  return spelt(await (dataset.passkey === "make" ? credentials.create(options) : credentials.get(options)));
}

function prepare(place) {
  const [input, button, note] = ["input", "button", "p"].map((name) => place.querySelector(name));
  const { wait, fault, never } = note.dataset;
  place.dataset.isReady = "yes";
  note.textContent = window.PublicKeyCredential ? "" : never;
  if (!window.PublicKeyCredential) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    note.textContent = wait;
    try {
      input.value = await ask(place);
      const sender = [...input.form.elements].find((each) => each.type === "submit" && !each.hidden);
      input.form.requestSubmit(sender);
      note.textContent = "";
    } catch (error) {
      note.textContent = error.name === "SecurityError" ? never : fault;
    }
    button.disabled = false;
  });
}

document.querySelectorAll("[data-passkey]:not([data-is-ready])").forEach(prepare);
