// A store with a server, a clock and a line that the test holds in its hands.

import { createActions } from "../../taper_app/pwa/js/actions.js";
import { createCore } from "../../taper_app/pwa/js/core.js";
import { memoryStorage } from "../../taper_app/pwa/js/memory.js";
import { createView } from "../../taper_app/pwa/js/views/index.js";
import { NOW, snapshot, ZONE } from "./samples.js";

/** Let every promise that can go on, go on. */
export const settle = () => new Promise((done) => setTimeout(done, 0));

export function createWorld({ path = "/", search = "", answer = snapshot(), storage = memoryStorage(), now = NOW } = {}) {
  const world = {
    now,
    path,
    search,
    /** Who is signed in here, as far as the phone knows: "" nobody, null it cannot tell. */
    who: null,
    online: true,
    /** What GET answers: a body, or a status, or null when the line is down. */
    answer,
    /** What POST answers: a function of the body, or a status, or null when the line is down. */
    take: (body) => ({ results: body.entries.map(({ id }) => ({ id, status: "stored" })) }),
    gets: [],
    posts: [],
    timers: [],
    sources: [],
    went: [],
    files: [],
    left: [],
    /** How often the browser was asked to send in the background. */
    syncs: 0,
    /** Run the timers that are due within so many milliseconds. */
    async pass(ms) {
      const until = world.now + ms;
      for (;;) {
        const next = world.timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        world.timers.splice(world.timers.indexOf(next), 1);
        world.now = Math.max(world.now, next.at);
        next.run();
        await settle();
      }
      world.now = until;
    },
    async start() {
      void world.core.enter();
      await settle();
      return world;
    },
    get posted() {
      return world.posts.flatMap((post) => post.body.entries);
    },
  };

  const reply = (result) => {
    if (result === null) throw new TypeError("the line is down");
    const status = typeof result === "number" ? result : (result.status ?? 200);
    return { status, json: async () => (typeof result === "number" ? { error: { code: `e${result}`, message: "" } } : result) };
  };
  const fetch = async (url, options = {}) => {
    await null;
    if (options.method === "POST") {
      const body = JSON.parse(options.body);
      world.posts.push({ url, body, headers: options.headers });
      return reply(typeof world.take === "function" ? await world.take(body) : world.take);
    }
    world.gets.push(url);
    return reply(typeof world.answer === "function" ? await world.answer() : world.answer);
  };
  const open = (url) => {
    const source = {
      url, readyState: 1, listeners: {}, close: () => (source.readyState = 2),
      addEventListener: (name, run) => (source.listeners[name] = run),
    };
    world.sources.push(source);
    return source;
  };
  world.core = createCore({
    fetch, open, storage, now: () => world.now, zone: () => ZONE, path: () => world.path, search: () => world.search, online: () => world.online,
    who: (account) => (account === undefined ? world.who : (world.who = account)),
    waits: () => (world.syncs += 1),
    later: (run, ms) => {
      const timer = { run, at: world.now + ms };
      world.timers.push(timer);
      return timer;
    },
    cancel: (timer) => {
      if (world.timers.includes(timer)) world.timers.splice(world.timers.indexOf(timer), 1);
    },
  });
  world.view = createView(world.core, () => "en");
  world.actions = createActions(world.core, world.view, {
    go: (to) => world.went.push(to), download: (name, content) => world.files.push({ name, content }),
    endSession: async (everywhere) => void world.left.push(everywhere),
  });
  return world;
}
