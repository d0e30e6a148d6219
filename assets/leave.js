// "Leave this page now": one tap on what is marked `data-leave`, or Esc three times. The page goes at once, and where it stood in the
// tab's history the other page stands. Without a script the link still leads away. What it cannot do is said beside the button.
const TIMES = 3;
const WITHIN = 2000;

export function leaveNow() {
  // Nothing is to be seen while the other page loads.
  document.documentElement.style.display = "none";
  try {
    sessionStorage.clear();
  } catch {
    // Storage can be blocked: then there is nothing in it.
  }
  // With no signal the browser would name this address in its complaint.
  location.replace(navigator.onLine ? "/leave" : "about:blank");
}

const here = () => document.querySelector("[data-leave]");

if (typeof document !== "undefined") {
  let pressed = [];
  document.addEventListener(
    "click",
    (event) => {
      if (!(event.target instanceof Element) || !event.target.closest("[data-leave]")) return;
      event.preventDefault();
      event.stopPropagation();
      leaveNow();
    },
    true,
  );
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || event.repeat || !here()) return;
      pressed = [...pressed.filter((at) => event.timeStamp - at < WITHIN), event.timeStamp];
      if (pressed.length >= TIMES) leaveNow();
    },
    true,
  );
  // Back from the dull page: a page that the browser kept as it was comes back as if it had been opened anew.
  addEventListener("pageshow", (event) => event.persisted && document.documentElement.style.display === "none" && location.reload());
}

/** For pages of the app: that they have this module is all they need. */
export const canLeave = () => {};
