// Passkeys: the server says what to sign, the browser asks for a finger or a face, the answer goes back. Works by itself on
// the plain pages (an element with data-passkey), and is imported by pages that prove something in passing.
const decode = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const encode = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** What went wrong, in words for the person. */
export class Stopped extends Error {
  name = "Stopped";
}

export const possible = () => Boolean(window.PublicKeyCredential && navigator.credentials);

async function post(path, body) {
  const sent = body === undefined ? {} : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(path, { method: "POST", credentials: "same-origin", ...sent });
  const found = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Stopped(found.error?.message ?? "");
  return found;
}

// Older browsers have no parseCreationOptionsFromJSON and no toJSON: all of it is done by hand.
function opened(options) {
  const listed = (list) => list?.map((one) => ({ ...one, id: decode(one.id) }));
  return {
    ...options,
    challenge: decode(options.challenge),
    ...(options.user && { user: { ...options.user, id: decode(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: listed(options.excludeCredentials) }),
    ...(options.allowCredentials && { allowCredentials: listed(options.allowCredentials) }),
  };
}

function closed(made) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[name]) response[name] = encode(made.response[name]);
  }
  return { id: made.id, rawId: encode(made.rawId), type: made.type, response };
}

/** Ask, let the browser answer, send: `more` goes along. Throws Stopped, its message "" when there are no words for it. */
export async function passkey(kind, ask, to, more = {}) {
  const publicKey = opened(await post(ask));
  let made;
  try {
    made = await (kind === "add" ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
  } catch {
    // Closed, timed out, or none here: the browser does not say which.
    throw new Stopped("");
  }
  return post(to, { ...more, passkey: closed(made) });
}

const box = document.querySelector("[data-passkey]");
if (box && possible()) {
  const { passkey: kind, ask, to, next, stopped } = box.dataset;
  const button = box.querySelector("button");
  const words = box.querySelector("[role=alert]");
  const name = document.getElementById("passkey-name");
  box.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    words.hidden = true;
    try {
      await passkey(kind, ask, to, name ? { name: name.value } : {});
      location.assign(next);
    } catch (error) {
      words.textContent = (error instanceof Stopped && error.message) || stopped;
      words.hidden = false;
    }
    button.disabled = false;
  });
}
