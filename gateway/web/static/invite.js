// An invitation stands after the # of its link, which no server on the way sees: put into the form from there.
const secret = new URLSearchParams(location.hash.slice(1)).get("invitation");
const field = document.getElementById("secret");
if (secret && field) {
  field.value = secret;
  history.replaceState(null, "", location.pathname);
}
// Nobody needs to see it, unless it is what is wrong.
if (field && field.value && !field.hasAttribute("aria-invalid")) {
  field.closest(".field").hidden = true;
}
