const tell = (name, details) => dateline.when(dateline.isSettled, () => trigger(name, details));
const send = (name, part) => tell(name, { ...part.dataset });

element.addEventListener("click", (event) => {
  const find = (selector) => event.target.closest(selector);
  const part = find("[data-ask], [data-article], [data-opinion], [data-send], [data-drop], [data-edit], [data-copy], [data-link], [data-walk], [data-back], [data-leave]");
  if (!part) return;
  const { dataset } = part;
  if ("copy" in dataset) dateline.copy(dataset.copy);
  else if ("link" in dataset) dateline.copyLink(dataset.link);
  else if ("edit" in dataset) dateline.edit(dataset.edit, dataset.exchange);
  else if ("leave" in dataset) dateline.edit("", undefined);
  else if ("walk" in dataset) dateline.walk(Number(dataset.walk));
  else if ("drop" in dataset) drop(dataset);
  else if ("ask" in dataset && event.detail > 1) return; // a double click asks once
  else if ("ask" in dataset) tell("submit", { question: dataset.ask, exchange: "" });
  else if ("opinion" in dataset) send("apply", part);
  else if ("article" in dataset) send("select", part);
  else if ("back" in dataset) tell("clear", {});
  else send(dataset.send, part);
});

const filter = (form) => {
  const fields = new FormData(form);
  tell("input", {
    change: ++dateline.filterChanges,
    outlets: fields.getAll("outlet"),
    topics: fields.getAll("topic"),
    articles: fields.getAll("article"),
    since: fields.get("since") ?? "",
    until: fields.get("until") ?? "",
  });
};

const drop = ({ drop: kind, value }) => {
  const form = element.querySelector("[data-filters]");
  for (const field of form.querySelectorAll("input")) {
    const isDay = ["since", "until"].includes(field.name);
    const isMeant = kind === "all" || (field.name === kind && (isDay || field.value === value));
    if (isMeant && isDay) field.value = "";
    else if (isMeant) field.checked = false;
  }
  filter(form);
};

element.addEventListener("change", (event) => {
  const form = event.target.closest("[data-filters]");
  if (form) filter(form);
});

element.addEventListener("input", (event) => {
  if (!event.target.matches("[data-composer] textarea")) return;
  const count = element.querySelector(".dl-count");
  const length = event.target.value.trim().length;
  const most = Number(count.dataset.most);
  count.hidden = length < most * 0.8;
  count.value = `${length.toLocaleString("en")} of ${most.toLocaleString("en")} characters`;
  count.classList.toggle("dl-over", length > most);
});

element.addEventListener("keydown", (event) => {
  if (!event.target.matches("[data-composer] textarea")) return;
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  if (!form.matches("[data-composer]") || !form.question.value.trim() || form.querySelector(".dl-over")) return;
  tell("submit", { question: form.question.value, exchange: form.dataset.exchange ?? "" });
  dateline.edit("", undefined);
  form.querySelector(".dl-count").hidden = true;
});

// What is typed of "what would be right" outlives the redrawing of the conversation around it.
const expected = {};
const nameField = (form) => `${form.closest(".dl-conversation").dataset.address}/${form.dataset.exchange}`;

element.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-expected]");
  if (form) expected[nameField(form)] = event.target.value;
});

element.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-expected]")) return;
  delete expected[nameField(form)];
  trigger("apply", { exchange: form.dataset.exchange, opinion: "wrong", expected: form.expected.value });
});

let typing;
for (const name of ["focusin", "pointerdown"]) {
  document.addEventListener(name, ({ target }) => {
    const form = target.closest?.("form[data-expected]");
    typing = form && nameField(form);
  });
}
new MutationObserver(() => {
  for (const field of element.querySelectorAll("form[data-expected] input")) {
    const name = nameField(field.form);
    if (name in expected && field.value !== expected[name]) field.value = expected[name];
    if (typing === name && document.activeElement === document.body) field.focus();
  }
}).observe(element, { childList: true, subtree: true });
