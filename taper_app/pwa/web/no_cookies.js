// Stands in for universal-cookie, which serves `rx.Cookie`: every cookie of ours is the server's, and no script writes one.

function never() {
  throw new Error("No page keeps a cookie of its own.");
}

export default class Cookies {
  get = never;
  set = never;
  remove = never;
}
