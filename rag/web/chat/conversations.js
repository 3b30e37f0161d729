// The tool in use, and the title that is being typed, outlive the redrawing of the list around them.
let used = {};

element.addEventListener("click", (event) => {
  const summary = event.target.closest(".dl-conversation-tools summary");
  if (summary) used = summary.parentElement.open ? {} : { ...summary.parentElement.dataset };
  if (used.tool === "rename" && summary) setTimeout(() => summary.parentElement.querySelector("input").select());
  const button = event.target.closest("button[data-send]");
  if (!button) return;
  if (button.dataset.send !== "download") used = {};
  trigger(button.dataset.send, { ...button.dataset });
  if (["clear", "select"].includes(button.dataset.send)) dateline.showConversations(false);
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  trigger("submit", { conversation: form.dataset.conversation, title: form.elements.title.value });
  used = {};
  form.closest("details").open = false;
});

element.addEventListener("input", (event) => {
  if (event.target.form?.matches("[data-rename]")) used.title = event.target.value;
});
for (const name of ["focusin", "pointerdown"]) {
  document.addEventListener(name, (event) => (used.isTyping = Boolean(event.target.closest?.("[data-rename]"))));
}
new MutationObserver(() => {
  for (const tool of element.querySelectorAll("details[data-tool]")) {
    const isUsed = tool.dataset.tool === used.tool && tool.dataset.conversation === used.conversation;
    if (isUsed && !tool.open) tool.open = true;
    const field = tool.querySelector("input");
    const title = (isUsed ? used.title : undefined) ?? field?.defaultValue;
    if (field && field.value !== title) field.value = title;
    if (field && isUsed && used.isTyping && document.activeElement === document.body) field.focus();
  }
}).observe(element, { attributeFilter: ["open", "value", "data-conversation"], childList: true, subtree: true });

let waiting;
element.addEventListener("input", (event) => {
  if (!("search" in event.target.dataset)) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => trigger("input", { search: event.target.value }), 150);
});
