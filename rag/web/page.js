() => {
  const isNarrow = () => matchMedia("(max-width: 52rem)").matches;

  const scrollTo = (panel, target, share) => {
    const offset = target.getBoundingClientRect().top - panel.getBoundingClientRect().top;
    panel.scrollTop += offset - panel.clientHeight * share;
  };

  window.dateline = {
    follow() {
      const last = document.querySelector("#dl-exchanges .dl-exchange:last-child");
      if (last) scrollTo(isNarrow() ? document.scrollingElement : document.querySelector("#dl-exchanges"), last, 0);
    },
    settle() {
      const back = document.querySelector("#dl-sources [data-back]");
      document.querySelector("#dl-main").classList.toggle("dl-has-article", Boolean(back));
      const mark = document.querySelector("#dl-sources mark.active");
      if (!back) return;
      if (mark) scrollTo(document.querySelector(isNarrow() ? "#dl-side" : "#dl-sources"), mark, 0.3);
      back.focus({ preventScroll: true });
    },
  };

  document.addEventListener("keydown", (event) => {
    const box = document.querySelector("#dl-box textarea");
    const isTyping = ["INPUT", "TEXTAREA"].includes(document.activeElement.tagName);
    if (event.key === "/" && !isTyping && box) {
      event.preventDefault();
      box.focus();
    }
    const back = document.querySelector("#dl-sources [data-back]");
    if (event.key === "Escape" && back) back.click();
  });
}
