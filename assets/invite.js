// An invitation link carries its code after the #, which no server's log ever sees: put it into its field, and out of the address.
(() => {
  const field = document.getElementById("invite");
  const code = location.hash.slice(1);
  if (!/^[0-9A-Za-z-]{8,100}$/.test(code)) return;
  history.replaceState(null, "", location.pathname);
  if (field && !field.value) field.value = code;
})();
