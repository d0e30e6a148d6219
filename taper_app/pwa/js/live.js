// @ts-check
// The stream on which the server says "changed".

const SHORTEST = 2000;
const LONGEST = 60000;

/**
 * @param {(url: string) => EventSource | null} connect
 * @param {{changed: () => void, over: (ms: number) => void}} then
 *   changed: there is something to fetch; over: the stream was closed, ask in so many milliseconds why.
 */
export function createLive(connect, then) {
  /** @type {EventSource | null} */
  let stream = null;
  let pause = 0;

  return {
    isOpen: () => stream !== null,
    close() {
      stream?.close();
      stream = null;
    },
    /** Listen, unless it does already. @param {string} url */
    open(url) {
      if (stream && stream.readyState !== 2) return;
      const source = connect(url);
      stream = source;
      if (!source) return;
      let lost = false;
      source.addEventListener("changed", then.changed);
      source.onmessage = then.changed;
      source.onopen = () => {
        pause = 0;
        if (lost) then.changed();
        lost = false;
      };
      // The line broke, or the session or the share is over: ask which. A closed one is opened again after a good answer.
      source.onerror = () => {
        if (stream !== source) return;
        if (source.readyState === 2) {
          stream = null;
          then.over(pause);
          pause = Math.min(Math.max(SHORTEST, pause * 2), LONGEST);
        } else if (!lost) then.changed();
        lost = true;
      };
    },
  };
}
