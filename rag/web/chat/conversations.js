element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-send]");
  if (!button) return;
  trigger(button.dataset.send, { ...button.dataset });
  if (["clear", "select"].includes(button.dataset.send)) dateline.showConversations(false);
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  trigger("submit", { conversation: form.dataset.conversation, title: form.elements.title.value });
  form.closest("details").open = false;
});

let waiting;
element.addEventListener("input", (event) => {
  if (!("search" in event.target.dataset)) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => trigger("input", { search: event.target.value }), 150);
});
