// Keeps the address in step with what is shown: "chat/CONVERSATION/ANSWER/ARTICLE/START-END" or "articles/ARTICLE/START-END".
// Where the visitor goes by address (a link, Back, a new tab), the page follows step by step; else the address follows the page.
() => {
  const find = (selector) => document.querySelector(selector);
  const send = (part, name, details) => window.datelineParts[part](name, details);

  const decode = (segment) => {
    try {
      return decodeURIComponent(segment);
    } catch {
      return segment;
    }
  };
  const split = (address) => address.split("/").map(decode);
  const join = (segments) => segments.map(encodeURIComponent).join("/");

  const readPage = () => {
    const [page] = split(location.hash.slice(1));
    return document.getElementById(`dl-page-${page}`) ? page : "chat";
  };
  const readConversation = () => find("#dl-exchanges .dl-conversation[data-address]");
  const readWanted = () => {
    const [page, ...names] = split(location.hash.slice(1));
    return page === readPage() ? join([page, ...names]) : readPage();
  };
  const readShown = (page) => {
    const conversation = readConversation().dataset.address;
    const open = {
      chat: conversation && [conversation, find("#dl-sources [data-address]")?.dataset.address],
      articles: [find("#dl-reader [data-address]")?.dataset.address],
    };
    const address = [page, ...(open[page] || [])].filter(Boolean).join("/");
    return join(split(address));
  };
  const agree = (wanted, shown) => wanted === shown || wanted.replace(/^(chat\/[^/]+)\/\d+$/, "$1") === shown;

  // one event that brings what is shown nearer to the address: [part, name, details]
  const chooseStep = (wanted) => {
    const [page, ...names] = split(wanted);
    const place = (text = "") => ({ start: text.split("-")[0], end: text.split("-")[1] ?? "" });
    if (page === "articles") {
      const [article, at] = names;
      return article ? ["dl-table", "select", { article, ...place(at) }] : ["dl-reader", "clear", {}];
    }
    const [conversation = "", answer = "1", article, at] = names;
    if (conversation !== readConversation().dataset.address) {
      return ["dl-conversations", conversation ? "select" : "clear", { conversation }];
    }
    return article
      ? ["dl-exchanges", "select", { exchange: String(answer - 1), article, ...place(at) }]
      : ["dl-sources", "clear", {}];
  };

  let isFollowing = true;
  let taken = "";
  let wasUnnamed = false;
  let asked = new URLSearchParams(location.search).get("q")?.trim();
  let isAsking = false;
  let collection = new URLSearchParams(location.search).get("topic");
  let isLimiting = false;

  const takeStep = (wanted, shown) => {
    const step = chooseStep(wanted);
    const key = JSON.stringify([shown, step]);
    if (key === taken) return; // its reply is awaited
    taken = key;
    if (step[0] === "dl-exchanges") dateline.setOpened(step[2]);
    send(...step);
  };

  const arrive = (wanted) => {
    const [page, , answer, article] = split(wanted);
    if (page === "chat" && answer && !article) dateline.showExchange(answer - 1);
  };

  // a step's reply has come, and is shown: where it brought nothing nearer, there is nothing at the address
  dateline.arrive = () => setTimeout(() => {
    if (!isFollowing || !readConversation()) return;
    const [wanted, shown] = [readWanted(), readShown(readPage())];
    if (agree(wanted, shown) || JSON.stringify([shown, chooseStep(wanted)]) !== taken) return;
    history.replaceState(null, "", `${location.pathname}${location.search}#${shown}`);
    isFollowing = false;
    dateline.settle();
  });

  const write = (shown) => {
    const now = split(location.hash.slice(1));
    const isWalk = now.length === 5 && shown.startsWith(`${join(now.slice(0, 2))}/`) && split(shown).length === 5;
    const isUnknown = now[0] !== readPage();
    const query = isAsking ? location.search : "";
    const address = `${location.pathname}${query}#${shown}`;
    history[wasUnnamed || isWalk || isUnknown ? "replaceState" : "pushState"](null, "", address);
  };

  const finishAsking = () => {
    const isAnswered = find("#dl-exchanges .dl-exchange") && readConversation().getAttribute("aria-busy") === "false";
    if (!isAsking || !isAnswered) return;
    isAsking = false;
    history.replaceState(null, "", location.pathname + location.hash);
  };

  const name = () => {
    const page = readPage();
    const titles = {
      chat: find(".dl-opened .dl-conversation-title") ?? find("#dl-exchanges .dl-question"),
      articles: find("#dl-reader h2") ?? find(".dl-nav [aria-current]"),
    };
    const title = page in titles ? titles[page] : find(".dl-nav [aria-current]");
    document.title = [title?.textContent.trim(), "Dateline"].filter(Boolean).join(" · ");
    for (const link of document.querySelectorAll(".dl-nav a")) {
      link.setAttribute("href", `#${readShown(link.hash.slice(1).split("/")[0])}`);
    }
  };

  // the collection of the address is unknown: its question stands in the box, for whoever wants to ask all articles
  dateline.keepAsked = () => {
    if (asked && !find("#dl-question").value) dateline.edit(asked);
    [asked, isLimiting] = ["", false];
    dateline.settle();
  };

  dateline.isSettled = () => readConversation() && !isFollowing;

  dateline.settle = () => {
    if (!readConversation()) return; // the page is still being opened
    if (collection !== null) {
      send("dl-box", "select", { kind: "topics", value: collection });
      [collection, isLimiting] = [null, true];
    }
    isLimiting &&= !find("#dl-box .dl-limit"); // no question is asked of all articles instead
    if (asked && isLimiting) return;
    if (asked) {
      history.replaceState(null, "", location.pathname + location.search);
      send("dl-exchanges", "submit", { question: asked, exchange: "" });
      [asked, isAsking, isFollowing] = ["", true, false];
      dateline.show();
      return;
    }
    finishAsking();
    const wanted = readWanted();
    const shown = readShown(readPage());
    if (isFollowing && !agree(wanted, shown)) {
      takeStep(wanted, shown);
    } else {
      if (isFollowing) arrive(wanted);
      else if (!agree(wanted, shown)) write(shown);
      isFollowing = false;
    }
    wasUnnamed = Boolean(find("#dl-exchanges .dl-exchange")) && !readConversation().dataset.address;
    name();
  };

  document.addEventListener("click", (event) => {
    const { only, like, collection } =
      event.target.closest("[data-only], [data-like], [data-collection]")?.dataset ?? {};
    if (like !== undefined) find("#dl-tools form")?.reset(); // what was searched for no longer holds
    if (only !== undefined || collection !== undefined) {
      send("dl-box", "select", only === undefined ? { kind: "topics", value: collection } : { kind: "articles", value: only });
      find('.dl-nav a[href^="#chat"]').click();
      if (dateline.isNarrow()) find("#dl-sources [data-back]")?.click(); // it lies over the question box
    } else if (like) {
      location.hash = "articles";
      dateline.when(() => find("#dl-tools form"), () => send("dl-table", "input", { like }));
    }
  });
  addEventListener("hashchange", () => {
    isFollowing = true;
    taken = "";
    dateline.show();
  });
  document.addEventListener("click", (event) => {
    if (event.isTrusted && !event.target.closest("a")) isFollowing = false;
  }, true);
  dateline.show();
  const early = window.datelineEarly?.();
  dateline.resetBox();
  for (const question of early?.asked ?? []) {
    dateline.when(dateline.isSettled, () => send("dl-box", "submit", { question, exchange: "" }));
  }
  early?.button?.click();
}
