// A button that prints the page it is on: seen where there are scripts, as nothing else can do what it says.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
