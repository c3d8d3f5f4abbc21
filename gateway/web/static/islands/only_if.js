// An item that is asked only where an earlier one was answered so is hidden otherwise, and then says nothing.

export function begin(form) {
  const show = () => form.querySelectorAll("[data-item]").forEach((part) => shown(form, part));
  form.addEventListener("change", show);
  show();
}

function shown(form, part) {
  const of = `[data-of="${part.dataset.item}"]`;
  if (!form.querySelector(of)) return; // A number or a day: that is said in words.
  const said = form.querySelector(`${of}:checked`)?.value;
  const is = said === part.dataset.answer;
  part.hidden = !is;
  part.querySelectorAll("input").forEach((input) => (input.disabled = !is));
}

for (const form of document.querySelectorAll("form")) begin(form);
