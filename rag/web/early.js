// Until Gradio has built the page, its question box stands here: what is typed, asked and clicked in it passes on.
(() => {
  const find = (selector) => document.querySelector(selector);
  const early = find("#dl-early");
  const header = early.querySelector(".dl-early-top");
  const main = early.querySelector(".dl-page");
  const own = early.querySelector("#dl-question");
  const asked = [];
  let clicked = -1;
  let isComposing = false;
  let isBuilt = false;

  for (const part of early.querySelectorAll("[popover]")) part.remove(); // their buttons are clicked again later
  const buttons = [...early.querySelectorAll("header button, .dl-composer button")];
  const listBuilt = () => [...document.querySelectorAll("#dl-top header button, #dl-box .dl-composer button")];

  const theme = localStorage.getItem("dateline-theme") ?? "system";
  const isDark = theme === "system" ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
  document.body.classList.toggle("dark", isDark);
  if (theme !== "system") find("gradio-app").setAttribute("theme_mode", theme);

  const showPage = () => {
    for (const links of [...document.querySelectorAll(".dl-nav")].map((nav) => [...nav.children])) {
      const name = location.hash.slice(1).split("/")[0];
      const current = links.find((link) => link.hash === `#${name}`) ?? links[0];
      for (const link of links) link.removeAttribute("aria-current");
      current.setAttribute("aria-current", "page");
      main.classList.toggle("dl-away", current !== links[0]);
    }
  };

  const showAsked = () => {
    const heading = find(".dl-empty h2");
    if (heading && asked.length) heading.textContent = asked.at(-1);
  };

  const ask = (event, box) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!box.value.trim()) return;
    asked.push(box.value);
    box.value = "";
    showAsked();
  };

  // each part passes by itself: Gradio mounts its header first, and its box up to seconds later
  const passHeader = () => {
    const built = find("gradio-app .dl-header");
    if (!built || !header.isConnected) return;
    const focused = [...header.querySelectorAll("a, button")].indexOf(document.activeElement);
    header.remove();
    built.querySelectorAll("a, button")[focused]?.focus({ preventScroll: true });
    showPage();
  };

  const passBox = () => {
    const box = find("gradio-app #dl-question");
    if (!box || !own.isConnected || isComposing) return;
    const isFocused = document.activeElement === own;
    const selected = [own.selectionStart, own.selectionEnd, own.selectionDirection];
    box.value = own.value;
    main.remove();
    if (isFocused) box.focus({ preventScroll: true });
    box.setSelectionRange(...selected);
    if (box.value) box.dispatchEvent(new Event("input", { bubbles: true })); // its characters are counted
    showAsked();
    showPage();
  };

  // as soon as Gradio's part is there, and before either is painted again
  const pass = () => {
    passHeader();
    passBox();
    if (main.isConnected || (!isBuilt && main.matches(".dl-away"))) return; // another page: the chat stays covered
    early.classList.add("dl-uncovered");
    if (header.isConnected) return;
    early.remove();
    watch.disconnect();
  };
  const watch = new MutationObserver(pass);
  watch.observe(find("gradio-app"), { childList: true, subtree: true });

  const listeners = {
    keydown(event) {
      const isMeant = event.key === "Enter" && !event.shiftKey && !event.isComposing;
      if (isMeant && event.target.matches?.("#dl-question")) ask(event, event.target);
    },
    submit(event) {
      if (event.target.matches("[data-composer]")) ask(event, event.target.question);
    },
    click(event) {
      const button = event.target.closest?.("#dl-early button:not([type=submit]), gradio-app .dl-header button");
      if (button) clicked = Math.max(buttons.indexOf(button), listBuilt().indexOf(button));
    },
  };
  for (const [name, listen] of Object.entries(listeners)) document.addEventListener(name, listen, true);
  own.addEventListener("compositionstart", () => (isComposing = true));
  own.addEventListener("compositionend", () => {
    isComposing = false;
    setTimeout(pass);
  });
  addEventListener("hashchange", showPage);

  // for the built page, which listens itself from now on: what was asked, and the button that was clicked
  window.datelineEarly = () => {
    isBuilt = true;
    pass();
    for (const [name, listen] of Object.entries(listeners)) document.removeEventListener(name, listen, true);
    removeEventListener("hashchange", showPage);
    return { asked, button: listBuilt()[clicked] };
  };

  showPage();
  early.hidden = false; // from now on all that is done in it is heard
  if (!matchMedia("(max-width: 52rem)").matches && own.offsetParent) own.focus();
})();
