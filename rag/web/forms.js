const listCorrections = (fields) => {
  const corrections = {};
  for (const field of fields) (corrections[field.dataset.key] ??= {})[field.name] = field.value;
  return corrections;
};
const listChanged = () =>
  [...element.querySelectorAll(":is(input, textarea)[data-key]")].filter((field) => field.value !== field.defaultValue);

element.addEventListener("click", (event) => {
  const link = event.target.closest("button[data-link]");
  if (link) dateline.copyLink(link.dataset.link);
  const button = event.target.closest("button[data-send]");
  if (!button || (button.dataset.confirm && !confirm(button.dataset.confirm))) return;
  trigger(button.dataset.send, { order: "", page: "0", ...button.dataset, corrections: listCorrections(listChanged()) });
});

element.addEventListener("change", (event) => {
  if (event.target.dataset.key) trigger("input", { corrections: listCorrections([event.target]) });
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.dataset.send) {
    trigger(form.dataset.send, { ...form.dataset, details: Object.fromEntries(new FormData(form, event.submitter)) });
  }
});

let waiting;
element.addEventListener("input", (event) => {
  const tools = event.target.closest(".dl-tools");
  if (!tools) return;
  clearTimeout(waiting);
  const send = () => trigger("input", { fields: Object.fromEntries(new FormData(tools)) });
  waiting = setTimeout(send, 150);
});
