// Proving it again in passing: the password goes to the server alone, and what waits goes on only once it is proved.
import assert from "node:assert/strict";
import test from "node:test";
import { proveByPasskey, proveByPassword } from "../../taper_app/pwa/js/proving.js";

const WORDS = { wrong: "wrong", offline: "offline", stopped: "stopped" };

function scene({ answer, passkey } = {}) {
  const seen = [];
  const box = {
    password: () => "seven quiet lamps",
    busy: (on) => seen.push(on ? "busy" : "free"),
    say: (words) => seen.push(`says ${words}`),
    goOn: () => seen.push("goes on"),
  };
  const env = {
    fetch: async (path, options) => {
      seen.push(`${options.method} ${path} ${options.body}`);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    passkey: passkey ?? (async () => ({})),
  };
  return { seen, box, env };
}

test("the right password goes on, after the button was held", async () => {
  const { seen, box, env } = scene({ answer: { ok: true } });
  await proveByPassword(env, box, WORDS);
  assert.deepEqual(seen, ["busy", "says ", 'POST /api/v1/sessions/prove {"password":"seven quiet lamps"}', "free", "goes on"]);
});

test("a wrong one says so in the server's words, and goes nowhere", async () => {
  const { seen, box, env } = scene({ answer: { ok: false, json: async () => ({ error: { message: "This is not your password." } }) } });
  await proveByPassword(env, box, WORDS);
  assert.deepEqual(seen.slice(-2), ["free", "says This is not your password."]);
});

test("an answer without words, and no answer, have words of their own", async () => {
  for (const [answer, words] of [[{ ok: false, json: async () => Promise.reject(new Error("no JSON")) }, "wrong"], [new TypeError("offline"), "offline"]]) {
    const { seen, box, env } = scene({ answer });
    await proveByPassword(env, box, WORDS);
    assert.deepEqual(seen.slice(-2), ["free", `says ${words}`]);
  }
});

test("a passkey goes on; one that was stopped or refused does not", async () => {
  const good = scene();
  await proveByPasskey(good.env, good.box, WORDS);
  assert.deepEqual(good.seen, ["busy", "says ", "free", "goes on"]);
  for (const [error, words] of [[Object.assign(new Error("The server says no."), { name: "Stopped" }), "The server says no."], [new Error("x"), "stopped"]]) {
    const bad = scene({ passkey: async () => Promise.reject(error) });
    await proveByPasskey(bad.env, bad.box, WORDS);
    assert.deepEqual(bad.seen.slice(-2), ["free", `says ${words}`]);
  }
});
