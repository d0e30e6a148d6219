// The door of a share: what stands after the # is sent once, in a body, and then taken out of the address bar.
(() => {
  const show = (id) => {
    for (const one of ["opening", "ended", "offline"]) document.getElementById(one).hidden = one !== id;
  };
  const token = location.hash.slice(1);
  // Before anything else: the link must not stay in the history.
  history.replaceState(null, "", "/s");
  if (!token) return show("ended");
  const open = async () => {
    show("opening");
    try {
      const answer = await fetch("/api/v1/shares/open", {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ token }),
      });
      if (answer.ok) return location.replace("/shared");
      show(answer.status === 429 || answer.status >= 500 ? "offline" : "ended");
    } catch {
      show("offline");
    }
  };
  document.getElementById("again").addEventListener("click", (event) => {
    event.preventDefault();
    void open();
  });
  void open();
})();
