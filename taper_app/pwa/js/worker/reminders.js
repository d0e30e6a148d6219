// @ts-check
// The part of the service worker that rings. Every word comes with the push; nothing here is kept.

const API = "/api/v1";
const NAME = "Taper";
const BUZZ = [200, 100, 200];

/** @typedef {{title: string, body: string, tag: string, url: string, token?: string, again?: boolean,
 *   actions: {action: string, title: string}[]}} Reminder */

/** Ring for pushes, and answer what is tapped. @param {any} scope the worker's `self` */
export function listen(scope) {
  /** @param {Reminder} reminder @param {boolean} silent */
  const show = (reminder, silent) =>
    scope.registration.showNotification(reminder.title, {
      body: reminder.body,
      // One that comes twice takes the first one's place without a sound; one that was put off makes itself heard.
      tag: reminder.tag,
      renotify: !silent && Boolean(reminder.again),
      silent,
      ...(!silent && { vibrate: BUZZ }),
      icon: "/icons/192.png",
      badge: "/icons/monochrome-192.png",
      actions: reminder.actions,
      data: reminder,
    });

  /** @param {string} path @param {unknown} [body] */
  const call = (path, body) =>
    scope.fetch(API + path, {
      ...(body !== undefined && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
      credentials: "same-origin",
    });

  /** Tell the server; when that fails it stands there again, without a sound, so that nothing is lost.
   * @param {Reminder} reminder @param {string} action */
  async function answer(reminder, action) {
    const status = await call(`/reminders/${action}`, { token: reminder.token }).then(
      (/** @type {Response} */ answered) => answered.status,
      () => 0,
    );
    if (status === 0 || status === 429 || status >= 500) await show(reminder, true);
    // It may not ring again: then it stays, without that offer.
    else if (status === 409) await show({ ...reminder, actions: reminder.actions.filter((one) => one.action !== action) }, true);
  }

  /** The app in front, at this page: a window that is open goes there without loading, so nothing typed is lost. A caregiver's page
   * keeps to the person it shows, so an alert about another one gets a window of its own. @param {string} url */
  async function open(url) {
    const windows = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
    if (url.startsWith("/shared")) {
      const same = windows.find((/** @type {any} */ one) => one.url.endsWith(url));
      return same ? same.focus() : scope.clients.openWindow(url);
    }
    const window = windows.find((/** @type {any} */ one) => one.focused) ?? windows[0];
    if (!window) return scope.clients.openWindow(url);
    window.postMessage({ go: url });
    return window.focus();
  }

  /** The browser changed where it is reached: subscribe again, and say so. @param {any} event */
  async function renew(event) {
    const { key } = await (await call("/push/key")).json();
    const found =
      event.newSubscription ?? (await scope.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
    await call("/push/subscriptions", found.toJSON());
  }

  scope.addEventListener("push", (/** @type {any} */ event) => event.waitUntil(show(read(event.data), false)));
  scope.addEventListener("notificationclick", (/** @type {any} */ event) => {
    event.notification.close();
    const reminder = /** @type {Reminder} */ (event.notification.data);
    event.waitUntil(event.action && reminder.token ? answer(reminder, event.action) : open(reminder.url));
  });
  scope.addEventListener("pushsubscriptionchange", (/** @type {any} */ event) => event.waitUntil(renew(event)));
}

/** What came; a push that cannot be read still has to show something. @param {any} data @returns {Reminder} */
function read(data) {
  const blank = { title: NAME, body: "", tag: "", url: "/", actions: [] };
  try {
    const found = { ...blank, ...data.json() };
    // Only a page of this app.
    return /^\/(?![/\\])/.test(found.url) ? found : { ...found, url: "/" };
  } catch {
    return blank;
  }
}

// In a worker it listens at once; elsewhere (tests) somebody calls `listen`.
if ("clients" in globalThis && "registration" in globalThis) listen(globalThis);
