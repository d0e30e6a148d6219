// The door of a share: what stands after the # is sent once, in a body, and then taken out of the address bar.
(() => {
  const at = (id) => document.getElementById(id);
  const show = (id) => {
    for (const one of ["opening", "ask", "ended", "offline"]) at(one).hidden = one !== id;
    if (id === "ask") at("pin").focus();
  };
  const wrong = (is) => {
    at("pin-error").hidden = !is;
    at("pin").setAttribute("aria-invalid", String(is));
  };
  const token = location.hash.slice(1);
  // Before anything else: the link must not stay in the history.
  history.replaceState(null, "", "/s");
  if (!token) return show("ended");
  let typed = "";
  const open = async () => {
    show("opening");
    try {
      const answer = await fetch("/api/v1/shares/open", {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(typed ? { token, pin: typed } : { token }),
      });
      if (answer.ok) return location.replace("/shared");
      const code = answer.status === 403 ? (await answer.json()).error.code : "";
      if (code === "pin_needed" || code === "wrong_pin") {
        wrong(code === "wrong_pin");
        return show("ask");
      }
      show(answer.status === 429 || answer.status >= 500 ? "offline" : "ended");
    } catch {
      show("offline");
    }
  };
  at("again").addEventListener("click", (event) => {
    event.preventDefault();
    void open();
  });
  at("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    typed = at("pin").value.trim();
    if (typed) void open();
  });
  void open();
})();
