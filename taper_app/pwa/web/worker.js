// @ts-check
// The service worker: one version of the app, served from its own precache, and nothing else. Workbox does the work.

import { clientsClaim } from "workbox-core";
import { addPlugins, cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

/**
 * @param {{files: {url: string, revision: string | null}[], never: string[], fallback: string}} app `files`: see `worker.py`, a
 *   revision is a SHA-256; `never`: paths whose navigations go to the network; `fallback`: the page for addresses that are no file
 */
export function serve({ files, never, fallback }) {
  // A page that the server sent elsewhere, or refused, is no page of this version: then there is no new version yet.
  addPlugins([{ cacheWillUpdate: async ({ response }) => (response.status === 200 && !response.redirected ? response : null) }]);
  // A server that changes over while this is installed hands out pages of the next version: then there is none of this one.
  const checked = files.map((file) => (file.revision ? { ...file, integrity: `sha256-${file.revision}` } : file));
  precacheAndRoute(checked, {
    ignoreURLParametersMatching: [/.*/],
    urlManipulation: ({ url }) => (url.pathname.endsWith("/") ? [new URL(url.pathname.slice(0, -1) || "/", url)] : []),
  });
  const denylist = never.map((path) => new RegExp(`^${path}(/|$|\\?)`));
  registerRoute(new NavigationRoute(createHandlerBoundToURL(fallback), { denylist }));
  cleanupOutdatedCaches();
  // Only the first worker needs it: pages that were open before it then load the rest from here too.
  clientsClaim();
  addEventListener("message", (event) => {
    if (event.data?.type === "SKIP_WAITING") void /** @type {any} */ (self).skipWaiting();
  });
}
