// @ts-check
// The cover over the app: what is under it is hidden and inert, and stays as it was. Loaded only where a lock is set, by the line in
// the page's head, and part of no bundle.

import { rfc3339 } from "../dates.js";
import { uuid7 } from "../ids.js";
import { chosen, forgetUse, inUse, signOutHere, wasAway, who } from "./here.js";
import { LONGEST, tryPin } from "./pin.js";
import { createSafe } from "./safe.js";

// Pages for an emergency stay open; what they say of a person is hidden (`.own`).
const FREE = /^(\/[a-z]{2})?\/(safety|running-out|very-low|someone-controls-my-medicine|after-a-reduction|naloxone)\/?$/;
const root = document.documentElement;
const isFree = () => FREE.test(location.pathname);

let locked = root.dataset.locked !== undefined;
let leaving = false;
/** @type {Element | null} */
let before = null;
const safe = createSafe(who());
/** @type {Promise<Record<string, any>>} */
const wording = fetch(`/locked/${root.lang || "en"}.json`).then((answer) => answer.json());
const cover = document.createElement("dialog");
// The whole screen, in the page's own colours; here, so that no page carries it that has no lock.
cover.style.cssText =
  "inset:0;width:100%;max-width:none;height:100%;max-height:none;border:0;padding:0;background:var(--ground);color:var(--ink);font-size:var(--text)";

/** @param {string} tag @param {Record<string, any>} [set] @param {(Node | string)[]} children */
function make(tag, set = {}, ...children) {
  const { on = {}, ...attributes } = set;
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  for (const [name, run] of Object.entries(on)) made.addEventListener(name, run);
  made.append(...children);
  return made;
}

/** @param {string} words @param {string} kind @param {() => unknown} click */
const button = (words, kind, click) => make("button", { type: "button", class: kind, on: { click } }, words);

/** @param {string} title @param {(Node | string)[]} children */
function show(title, ...children) {
  const heading = make("h1", { tabindex: "-1", id: "cover-title" }, title);
  cover.setAttribute("aria-labelledby", "cover-title");
  cover.replaceChildren(make("main", { class: "bare" }, make("header", { class: "top", style: "padding-left:0;padding-right:0" }, heading), ...children));
  return heading;
}

async function showPin() {
  const t = await wording;
  const asks = { id: "pin", class: "input", type: "password", inputmode: "numeric", autocomplete: "off", maxlength: String(LONGEST) };
  const input = /** @type {HTMLInputElement} */ (make("input", { ...asks, "aria-describedby": "pin-wrong" }));
  const wrong = make("p", { id: "pin-wrong", role: "alert", class: "strong" });
  let busy = false;
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (busy || !input.value) return;
    busy = true;
    wrong.textContent = t.one_moment;
    const tried = await tryPin(safe, input.value, Date.now()).catch(() => ({ is: "gone", seconds: 0 }));
    busy = false;
    input.value = "";
    if (tried.is === "right") return unlock();
    if (tried.is === "out") return void leave();
    if (tried.is === "gone") return void showForgot(t.gone);
    wrong.textContent = [tried.is === "wrong" ? t.wrong : "", tried.seconds ? t.wait.replace("{wait}", span(tried.seconds, t)) : ""].join(" ").trim();
    input.focus();
  };
  const form = make("form", { on: { submit } }, make("label", { for: "pin", class: "label gap" }, t.pin), input, wrong,
    make("button", { type: "submit", class: "btn gap" }, t.unlock));
  const calls = t.numbers.map((/** @type {{call: string, tel: string}} */ one) => make("a", { href: `tel:${one.tel}`, class: "btn call quiet" }, one.call));
  show(t.title, make("p", { class: "soft" }, t.lead), form,
    ...(chosen()?.flare ? [button(t.flare, "btn flare quiet gap", showFlare)] : []),
    button(t.safety, "btn call gap-l", () => go("/safety")), ...calls,
    button(t.forgot, "link gap", () => showForgot("")));
  input.focus();
}

/** @param {number} seconds @param {Record<string, any>} t */
const span = (seconds, t) => (seconds < 120 ? t.seconds.replace("{n}", seconds) : t.minutes.replace("{n}", Math.ceil(seconds / 60)));

/** @param {string} why */
async function showForgot(why) {
  const t = await wording;
  show(t.forgot_title, ...(why ? [make("p", { class: "note" }, why)] : []), make("p", {}, t.forgot_words),
    button(t.forgot_go, "btn gap", leave), button(t.back, "btn quiet", showPin)).focus();
}

/** One number, and it is logged: nothing of the log is shown. */
async function showFlare() {
  const t = await wording;
  const numbers = Array.from({ length: 11 }, (_, n) => button(String(n), "btn flare quiet", () => logFlare(n)));
  // Six in a row, also with large letters on a small phone.
  for (const one of numbers) one.style.cssText = "margin:0;padding:0;min-width:0;font-size:min(var(--large),7vw)";
  show(t.flare_title, make("p", { class: "soft" }, t.flare_words), make("div", { class: "scale gap" }, ...numbers), button(t.back, "btn quiet gap-l", showPin)).focus();
}

/** @param {number} severity */
async function logFlare(severity) {
  const t = await wording;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  const at = rfc3339(Date.now(), zone);
  const entry = { id: uuid7(Date.now()), kind: "flare", at, zone, data: { started_at: at, severity_now: severity } };
  let kept = true;
  await safe.add(entry).catch(() => (kept = false));
  // The store of this page, and of every other, reads it and sends.
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("taper");
  channel?.postMessage("changed");
  channel?.close();
  dispatchEvent(new Event("online"));
  show(kept ? t.logged.replace("{n}", severity) : t.not_logged, make("p", { role: "status" }, kept ? t.logged_words : t.not_logged_words),
    button(t.back, "btn gap-l", showPin)).focus();
}

async function leave() {
  const t = await wording;
  show(t.one_moment).focus();
  await safe.drop().catch(() => {});
  location.replace((await signOutHere()) ? "/auth/sign-in" : "/welcome");
}

/** @param {string} to */
function go(to) {
  const router = /** @type {any} */ (window).__reactRouterDataRouter;
  if (router) void router.navigate(to);
  else location.assign(to);
}

/** The page as it has to be now. */
function apply() {
  if (!locked) {
    delete root.dataset.locked;
    if (cover.open) cover.close();
    return;
  }
  root.dataset.locked = isFree() ? "part" : "";
  if (isFree()) return cover.open && cover.close();
  if (!cover.isConnected) root.append(cover);
  if (cover.open) return;
  cover.showModal();
  void showPin();
}

function lock() {
  locked = true;
  before = document.activeElement;
  forgetUse();
  apply();
}

function unlock() {
  locked = false;
  inUse(Date.now());
  apply();
  // Hidden, it lost the cursor; what was typed in it stands there.
  if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
}

const away = () => {
  const choice = chosen();
  return choice !== null && wasAway(choice, Date.now());
};

function start() {
  for (const name of /** @type {const} */ (["pushState", "replaceState"])) {
    const real = history[name].bind(history);
    // Before the router draws the page that is next.
    history[name] = (...args) => (real(...args), locked && apply());
  }
  addEventListener("popstate", () => locked && apply(), true);
  cover.addEventListener("cancel", (event) => event.preventDefault());
  // Android's Back closes a dialog whatever the page says.
  cover.addEventListener("close", apply);
  addEventListener("pagehide", () => {
    leaving = true;
    if (!locked) inUse(Date.now());
  });
  addEventListener("pageshow", () => {
    leaving = false;
    if (!locked && away()) lock();
  });
  document.addEventListener("visibilitychange", () => {
    if (leaving || locked) return;
    if (document.visibilityState === "visible") return away() && lock();
    inUse(Date.now());
    // At once, so that the phone's list of open apps shows the cover.
    if (chosen()?.after === 0) lock();
  });
  // Another tab turned it off, or signed out: the page is made anew for whoever is there now.
  addEventListener("storage", () => chosen() === null && locked && location.reload());
  if (!locked) inUse(Date.now());
  apply();
}

start();
