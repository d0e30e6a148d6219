// Preselect the phone's own time zone, when nobody has chosen one yet.
(() => {
  const select = document.querySelector("select[data-guess]");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (select && [...select.options].some((option) => option.value === zone)) select.value = zone;
})();
