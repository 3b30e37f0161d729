() => {
  const isNarrow = () => matchMedia("(max-width: 52rem)").matches;

  const scrollTo = (panel, target, share) => {
    const offset = target.getBoundingClientRect().top - panel.getBoundingClientRect().top;
    panel.scrollTop += offset - panel.clientHeight * share;
  };

  let opener, inspected;

  window.dateline = {
    show() {
      const pages = [...document.querySelectorAll(".dl-page")];
      const current = pages.find((page) => page.id === `dl-page-${location.hash.slice(1)}`) ?? pages[0];
      for (const page of pages) page.classList.toggle("dl-away", page !== current);
      for (const link of document.querySelectorAll(".dl-nav a")) {
        const isCurrent = current?.id === `dl-page-${link.hash.slice(1)}`;
        if (isCurrent) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
    },
    reset() {
      for (const form of document.querySelectorAll("#dl-entry form, #dl-desk form, #dl-reader form")) form.reset();
    },
    read() {
      dateline.reset();
      const close = document.querySelector("#dl-reader .dl-close");
      if (close) close.focus();
      else if (opener) document.querySelector(`[data-article="${CSS.escape(opener)}"]`)?.focus();
    },
    inspect() {
      const close = document.querySelector("#dl-case .dl-close");
      if (close) close.focus();
      else if (inspected?.isConnected) inspected.focus();
    },
    download(button = "#dl-download") {
      document.querySelector(button)?.click();
    },
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

  const isShown = (part) => part && part.offsetParent !== null;

  document.addEventListener("click", (event) => {
    const open = event.target.closest("#dl-table [data-article]");
    if (open) opener = open.dataset.article;
    inspected = event.target.closest("#dl-run [data-case]") ?? inspected;
  });

  document.addEventListener("keydown", (event) => {
    const boxes = [...document.querySelectorAll("#dl-box textarea, .dl-tools input[type=search]")];
    const box = boxes.find(isShown);
    const isTyping = ["INPUT", "TEXTAREA"].includes(document.activeElement.tagName);
    if (event.key === "/" && !isTyping && box) {
      event.preventDefault();
      box.focus();
    }
    const closers = [...document.querySelectorAll("#dl-sources [data-back], .dl-reader .dl-close")];
    if (event.key === "Escape") closers.find(isShown)?.click();
  });

  addEventListener("hashchange", () => {
    dateline.show();
    if (location.hash === "#evaluation") document.querySelector("#dl-start [data-send=input]")?.click();
  });
}
