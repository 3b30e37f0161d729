() => {
  const isNarrow = () => matchMedia("(max-width: 52rem)").matches;
  const isShown = (part) => part && part.offsetParent !== null;
  const find = (selector) => document.querySelector(selector);

  const scrollTo = (panel, target, share) => {
    const offset = target.getBoundingClientRect().top - panel.getBoundingClientRect().top;
    panel.scrollTop += offset - panel.clientHeight * share;
  };

  // events reach the server in the order in which the visitor sent them: requests side by side may overtake each other
  const fetchNow = window.fetch;
  let sent = Promise.resolve();
  window.fetch = (address, options) => {
    if (!String(address.url ?? address).includes("/queue/join")) return fetchNow(address, options);
    const reply = sent.then(() => fetchNow(address, options));
    sent = reply.catch(() => {});
    return reply;
  };

  let opener, inspected, followed, opened;
  const openedPages = new Set();

  const toast = document.createElement("p");
  toast.className = "dl-toast";
  toast.setAttribute("role", "status");
  document.body.append(toast);

  // what is drawn anew is not read out by every screen reader: this element stays
  const spoken = document.createElement("p");
  spoken.className = "dl-spoken";
  spoken.setAttribute("aria-live", "polite");
  document.body.append(spoken);

  const speak = (exchange) => {
    const answer = exchange.querySelector(".dl-claims, .dl-quotes, .dl-notfound, .dl-reply");
    if (answer) spoken.textContent = `${exchange.querySelector(".dl-question").textContent}: ${answer.innerText}`;
  };

  const say = (text) => {
    toast.textContent = text;
    setTimeout(() => (toast.textContent = ""), 2000);
  };

  const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
  const themes = { system: "as the system", light: "light", dark: "dark" };

  const readTheme = () => localStorage.getItem("dateline-theme") ?? "system";

  const applyTheme = () => {
    const theme = readTheme();
    document.body.classList.toggle("dark", theme === "dark" || (theme === "system" && systemIsDark.matches));
    const button = find("[data-theme-switch]");
    if (!button) return;
    button.title = `Colours: ${themes[theme]}`;
    button.setAttribute("aria-label", button.title);
  };

  const copyByHand = (text) => {
    const field = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  };

  const light = (part, isLit) => {
    const number = part.dataset.citation ?? part.dataset.card;
    const exchange = part.closest(".dl-exchange");
    for (const other of exchange.querySelectorAll(`[data-citation="${number}"], [data-card="${number}"]`)) {
      other.classList.toggle("dl-lit", isLit);
    }
  };

  const cited = "#dl-exchanges :is([data-citation], [data-card])";

  const isOpened = (mark) =>
    ["exchange", "article", "start", "end"].every((name) => mark.dataset[name] === opened?.[name]);

  const showOpened = () => {
    const isOpen = Boolean(find("#dl-sources [data-back]"));
    for (const number of document.querySelectorAll(".dl-number")) {
      number.classList.toggle("dl-here", isOpen && isOpened(number));
    }
  };

  window.dateline = {
    filterChanges: 0,
    isNarrow,
    // what the visitor does before the server has sent a part of the page waits for it, though not for ever
    when(isReady, act, patience = 600) {
      if (isReady() || !patience) act();
      else setTimeout(() => dateline.when(isReady, act, patience - 1), 50);
    },
    open(page) {
      const send = window.datelineParts?.[`dl-open-${page}`];
      if (!send || openedPages.has(page)) return;
      openedPages.add(page);
      send("expand", {});
    },
    show() {
      const pages = [...document.querySelectorAll(".dl-page")];
      const name = location.hash.slice(1).split("/")[0];
      const current = pages.find((page) => page.id === `dl-page-${name}`) ?? pages[0];
      for (const page of pages) page.classList.toggle("dl-away", page !== current);
      for (const link of document.querySelectorAll(".dl-nav a")) {
        const isCurrent = current?.id === `dl-page-${link.hash.slice(1).split("/")[0]}`;
        if (isCurrent) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
      if (current) dateline.open(current.id.replace("dl-page-", ""));
      applyTheme();
      dateline.showNews();
      dateline.settle();
    },
    showNews() {
      const link = find('.dl-nav a[href^="#following"]');
      const count = Number(find("#dl-news [data-count]")?.dataset.count ?? 0);
      if (!link) return;
      if (count) link.dataset.news = count;
      else delete link.dataset.news;
      link.title = count ? `${count} new for watched questions` : "";
    },
    reset(part) {
      for (const form of document.querySelectorAll(`#${part} form`)) form.reset();
    },
    // the filters show what the server knows, but for changes that are on their way there, and a day that is being typed
    resetFilters(form) {
      if (Number(form.dataset.change) < dateline.filterChanges) return;
      const day = form.querySelector("input:not([type=checkbox]):focus");
      const typed = day?.value;
      form.reset();
      if (day) day.value = typed;
    },
    resetBox() {
      const filters = find("#dl-filters");
      if (filters) dateline.resetFilters(filters);
      if (!isNarrow() && document.activeElement === document.body) find("#dl-question")?.focus();
      dateline.settle();
    },
    showReader() {
      dateline.reset("dl-reader");
      const close = find("#dl-reader .dl-close");
      if (close) close.focus();
      else if (opener) find(`#dl-table [data-article="${CSS.escape(opener)}"]`)?.focus();
      const mark = find("#dl-reader mark.active");
      if (mark) mark.scrollIntoView({ block: "center" });
      dateline.settle();
    },
    showChosen() {
      const { here, ticks } = find("#dl-chosen [data-here]")?.dataset ?? { here: "[]", ticks: "0" };
      window.datelineTicks?.(JSON.parse(here), Number(ticks));
    },
    showCase() {
      const close = find("#dl-case .dl-close");
      if (close) close.focus();
      else if (inspected?.isConnected) inspected.focus();
    },
    download(button = "#dl-download") {
      find(button)?.click();
    },
    async copy(text) {
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        copyByHand(text); // only pages of this machine and of https have a clipboard
      }
      say("Copied");
    },
    copyLink(address) {
      dateline.copy(`${location.origin}${location.pathname}${address.startsWith("?") ? "" : "#"}${address}`);
    },
    edit(text, exchange) {
      const form = find("[data-composer]");
      form.question.value = text;
      if (exchange === undefined) delete form.dataset.exchange;
      else form.dataset.exchange = exchange;
      form.querySelector(".dl-editing").hidden = exchange === undefined;
      form.question.focus();
    },
    followAnswer() {
      const conversation = find("#dl-exchanges .dl-conversation");
      const last = conversation?.querySelector(".dl-exchange:last-child");
      const isBusy = conversation?.getAttribute("aria-busy") === "true";
      if (last && !isBusy && find("#dl-chat.dl-busy")) speak(last);
      find("#dl-chat").classList.toggle("dl-busy", isBusy);
      const asked = last && conversation.children.length + last.querySelector(".dl-question").textContent;
      if (last && asked !== followed) {
        scrollTo(find("#dl-exchanges"), last, 0);
      }
      followed = asked;
      // elements that are drawn again under a still mouse get no event
      for (const part of document.querySelectorAll(`:is(${cited}):is(:hover, :focus)`)) light(part, true);
      showOpened();
      dateline.settle();
    },
    showExchange(number) {
      const exchange = document.querySelectorAll("#dl-exchanges .dl-exchange")[number];
      if (exchange) scrollTo(find("#dl-exchanges"), exchange, 0);
    },
    setOpened(place) {
      opened = place;
    },
    showSource() {
      const back = find("#dl-sources [data-back]");
      find("#dl-main").classList.toggle("dl-has-article", Boolean(back));
      const mark = find("#dl-sources mark.active");
      showOpened();
      if (mark) scrollTo(find("#dl-sources"), mark, 0.3);
      dateline.settle();
      if (find("#dl-box textarea:focus")) return; // the visitor is typing
      if (back) back.focus({ preventScroll: true });
      else if (opened) [...document.querySelectorAll(".dl-number, [data-card]")].find(isOpened)?.focus();
    },
    showConversations(isShown = !find("#dl-main").classList.contains("dl-has-conversations")) {
      find("#dl-main").classList.toggle("dl-has-conversations", isShown);
      for (const button of document.querySelectorAll("[data-conversations]")) button.setAttribute("aria-expanded", isShown);
    },
    walk(step) {
      const marks = [...document.querySelectorAll(".dl-number")];
      const focused = marks.indexOf(document.activeElement);
      const current = focused >= 0 ? focused : marks.findIndex(isOpened);
      const next = marks[current < 0 ? (step > 0 ? 0 : marks.length - 1) : current + step];
      if (!next) return;
      next.focus();
      if (find("#dl-main.dl-has-article")) next.click();
    },
  };

  document.addEventListener("click", (event) => {
    const open = event.target.closest("#dl-table [data-article]");
    if (open) opener = open.dataset.article;
    inspected = event.target.closest("#dl-run [data-case]") ?? inspected;
    opened = event.target.closest("#dl-exchanges [data-article]")?.dataset ?? opened;
    if (event.target.closest("[data-print]")) print();
    for (const menu of document.querySelectorAll(".dl-menu[open]")) {
      if (!event.target.closest(".dl-menu summary")) menu.open = false;
    }
    if (event.target.closest(".dl-skip")) {
      event.preventDefault();
      find(".dl-nav a").click();
      find("#dl-question")?.focus();
    }
    if (event.target.closest("[data-conversations]")) dateline.showConversations();
    else if (event.isTrusted && !event.target.closest("#dl-conversations")) dateline.showConversations(false);
    if (event.target.closest("[data-theme-switch]")) {
      const names = Object.keys(themes);
      localStorage.setItem("dateline-theme", names[(names.indexOf(readTheme()) + 1) % names.length]);
      applyTheme();
      say(`Colours: ${themes[readTheme()]}`);
    }
  });

  for (const [name, isLit] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => {
      const part = event.target.closest?.(cited);
      if (part) light(part, isLit);
    });
  }

  document.addEventListener("toggle", (event) => {
    if (event.target.id !== "dl-filters" || event.newState !== "open" || isNarrow()) return;
    const box = find(".dl-filter").getBoundingClientRect();
    document.documentElement.style.setProperty("--dl-filters-left", `${box.left}px`);
    document.documentElement.style.setProperty("--dl-filters-bottom", `${innerHeight - box.top + 8}px`);
  }, true);

  document.addEventListener("keydown", (event) => {
    const boxes = [...document.querySelectorAll("#dl-box textarea, .dl-tools input[type=search]")];
    const box = boxes.find(isShown);
    const isTyping = ["INPUT", "TEXTAREA", "SELECT"].includes(document.activeElement.tagName);
    if (event.key === "/" && !isTyping && box) {
      event.preventDefault();
      box.focus();
    }
    if (event.key === "?" && !isTyping) find("#dl-key-list")?.togglePopover();
    const steps = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
    const isHorizontal = ["ArrowLeft", "ArrowRight"].includes(event.key);
    const isOnMark = document.activeElement.matches(".dl-number");
    if (event.key in steps && !isTyping && (isOnMark || (isHorizontal && isShown(find("#dl-sources [data-back]"))))) {
      event.preventDefault();
      dateline.walk(steps[event.key]);
    }
    if (event.key === "Escape" && find("#dl-main.dl-has-conversations")) {
      dateline.showConversations(false);
    } else if (event.key === "Escape" && find(".dl-menu[open]")) {
      const menu = find(".dl-menu[open]");
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (event.key === "Escape" && !find(":popover-open")) {
      const closers = [...document.querySelectorAll("#dl-sources [data-back], .dl-reader .dl-close")];
      closers.find(isShown)?.click();
    }
  });

  addEventListener("beforeunload", (event) => {
    if (find("#dl-drafts .dl-draft")) event.preventDefault(); // the browser asks before the drafts are lost
  });
  systemIsDark.addEventListener("change", () => setTimeout(applyTheme));
  addEventListener("hashchange", () => {
    if (location.hash === "#evaluation") find("#dl-start [data-send=input]")?.click();
    if (location.hash === "#following") window.datelineParts["dl-news"]?.("expand", {});
  });
  // the header that is drawn anew knows no page: it is marked again before it is painted
  new MutationObserver(() => {
    if (!find("#dl-top .dl-nav [aria-current]")) dateline.show();
  }).observe(find("#dl-top"), { attributeFilter: ["aria-current"], childList: true, subtree: true });
  applyTheme();
}
