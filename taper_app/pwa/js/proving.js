// @ts-check
// Proving again whose session it is, in passing: the password goes straight to the server, never over the socket and never
// into a State. What waits is done by a button of the page that is tapped here once it is proved.

/**
 * @typedef {{fetch: typeof fetch, passkey: (kind: string, ask: string, to: string) => Promise<unknown>}} Env
 * @typedef {{password: () => string, busy: (on: boolean) => void, say: (words: string) => void, goOn: () => void}} Box
 * @typedef {{wrong: string, offline: string, stopped: string}} Words
 */

const PROVE = "/api/v1/sessions/prove";

/** Prove it by the password that stands in the box. @param {Env} env @param {Box} box @param {Words} words */
export async function proveByPassword(env, box, words) {
  await proving(box, words.offline, async () => {
    const answer = await env.fetch(PROVE, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ password: box.password() }),
    });
    if (answer.ok) return "";
    const found = await answer.json().catch(() => ({}));
    return found.error?.message ?? words.wrong;
  });
}

/** Prove it by a passkey. @param {Env} env @param {Box} box @param {Words} words */
export async function proveByPasskey(env, box, words) {
  await proving(box, words.stopped, async () => {
    await env.passkey("enter", "/api/v1/sessions/options", PROVE);
    return "";
  });
}

/** @param {Box} box @param {string} otherwise @param {() => Promise<string>} prove what is wrong, "" for nothing */
async function proving(box, otherwise, prove) {
  box.busy(true);
  box.say("");
  let wrong = otherwise;
  try {
    wrong = await prove();
  } catch (error) {
    // Of a passkey: the server's words, where it has some.
    if (error instanceof Error && error.name === "Stopped" && error.message) wrong = error.message;
  }
  box.busy(false);
  if (wrong) box.say(wrong);
  else box.goOn();
}
