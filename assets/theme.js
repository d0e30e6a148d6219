// Before first paint of the plain pages (sign-in): dark or light, and the text size, as chosen on this phone.
// The app's own pages do the same inline; Reflex keeps the theme under "theme".
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("theme") || "system";
    const dark = theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
    root.classList.remove("light", "dark");
    root.classList.add(dark ? "dark" : "light");
    const text = localStorage.getItem("taper-text");
    if (text) root.dataset.text = text;
  } catch {
    // Storage can be blocked: the page is then as the phone has it.
  }
})();
