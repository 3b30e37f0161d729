const listBoxes = () => [...element.querySelectorAll("input[name=chosen]")];
const showAll = () => {
  const all = element.querySelector("[data-all]");
  const ticked = listBoxes().filter((box) => box.checked).length;
  if (!all) return;
  all.checked = ticked > 0 && ticked === listBoxes().length;
  all.indeterminate = ticked > 0 && !all.checked;
};

let ticks = 0;
element.addEventListener("change", (event) => {
  if ("all" in event.target.dataset) for (const box of listBoxes()) box.checked = event.target.checked;
  else if (event.target.name !== "chosen") return;
  showAll();
  const list = (boxes) => boxes.map((box) => box.value);
  const ticked = list(listBoxes().filter((box) => box.checked));
  trigger("option_select", { number: ++ticks, shown: list(listBoxes()), ticked });
});

let isEditing = false; // to draw the bar anew closes the form in it
document.addEventListener("click", (event) => {
  const summary = event.target.closest("#dl-chosen summary");
  if (summary) isEditing = !summary.parentElement.open;
});

// what is chosen is known to the server: the boxes follow it, but for ticks that are on their way there
window.datelineTicks = (here, number) => {
  const form = document.querySelector("#dl-chosen details");
  if (form) form.open = isEditing;
  else isEditing = false;
  if (number < ticks) return;
  for (const box of listBoxes()) box.checked = here.includes(box.value);
  showAll();
};
