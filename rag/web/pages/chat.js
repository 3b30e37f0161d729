element.addEventListener("click", (event) => {
  const ask = event.target.closest("[data-ask]");
  if (ask) trigger("submit", { question: ask.dataset.ask });
  const open = event.target.closest("[data-article]");
  if (open) trigger("select", { article: open.dataset.article, start: open.dataset.start, end: open.dataset.end });
  const judge = event.target.closest("[data-verdict]");
  if (judge) trigger("apply", { verdict: judge.dataset.verdict, exchange: judge.dataset.exchange });
  if (event.target.closest("[data-back]")) trigger("clear", {});
});
