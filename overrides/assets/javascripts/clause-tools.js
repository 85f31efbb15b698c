/* What one does with a page: copy a clause, print, follow in the contents where one reads, and see the words that led here.
 * Without this file every clause still has its address behind its number. */
"use strict";
(() => {
  const CONFIRMED = 2000; // milliseconds for which a button says that it has copied

  /** The page's address to give away: the canonical one, never that of a local file. */
  function address() {
    const canonical = document.querySelector('link[rel="canonical"]');
    if (canonical) return canonical.href.split("#")[0];
    return location.protocol === "file:" ? "" : location.href.split("#")[0];
  }

  /** Plain http pages have no clipboard API, so fall back to the old command. */
  async function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      await navigator.clipboard.writeText(text);
      return;
    }
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "sr-only";
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    if (!copied) throw new Error("copying was refused");
  }

  const announcement = document.createElement("div");
  announcement.className = "sr-only";
  announcement.setAttribute("role", "status");
  document.body.append(announcement);

  /** A button that copies; shown: the element that says so for a moment. */
  function copyButton(label, name, text, shown) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.setAttribute("aria-label", `${label} of ${name}`);
    button.addEventListener("click", () => copy(text()).then(() => confirm(shown ?? button), () => window.prompt(label, text())));
    return button;
  }

  function confirm(shown) {
    const label = shown.textContent;
    if (label === "Copied") return;
    shown.textContent = "Copied";
    announcement.textContent = "Copied.";
    setTimeout(() => {
      shown.textContent = label;
      announcement.textContent = "";
    }, CONFIRMED);
  }

  // Menus, which are <details>: Escape, and going elsewhere, puts them away

  const openMenus = () => document.querySelectorAll("details.menu[open]");

  function close(menu) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.firstElementChild.focus();
  }

  addEventListener("keydown", (event) => {
    if (event.key === "Escape") openMenus().forEach(close);
  });
  for (const away of ["pointerdown", "focusin"]) {
    addEventListener(away, ({ target }) => {
      for (const menu of openMenus()) if (!menu.contains(target)) menu.open = false;
    });
  }

  // The foot of a clause

  const headingOf = (clause) => clause.querySelector(":scope > .clause-body > [id]");

  function addTools(clause, cites) {
    const heading = headingOf(clause);
    const name = heading.textContent.replace(/^\s*§/, "").replace(/\s+/g, " ").trim();
    const place = address() && `${address()}#${heading.id}`;
    const short = clause.dataset.cite ?? `${cites}, cl ${heading.querySelector(".clause-number").textContent}`;
    const school = document.querySelector(".site-foot strong").textContent;
    const citation = `${short}, ${school}${place && `, ${place}`}`;
    const body = clause.querySelector(".clause-body");

    const menu = document.createElement("details");
    menu.className = "menu copy";
    const summary = document.createElement("summary");
    const label = document.createElement("span");
    label.textContent = "Copy";
    const of = document.createElement("span");
    of.className = "sr-only";
    of.textContent = ` from ${name}`;
    summary.append(label, of);
    summary.addEventListener("click", () => {
      const list = document.createElement("ul");
      const add = (what, text) => {
        const item = document.createElement("li");
        const button = copyButton(what, name, text, label);
        button.addEventListener("click", () => close(menu));
        item.append(button);
        list.append(item);
      };
      if (place) add("Link", () => place);
      add("Citation", () => citation);
      add("Words with citation", () => `“${words(body)}”\n\n${citation}`);
      menu.append(list);
    }, { once: true }); // a long policy has hundreds of clauses
    menu.append(summary);

    const tools = document.createElement("div");
    tools.className = "clause-tools";
    tools.append(menu);
    const to = document.querySelector("[data-feedback]")?.dataset.feedback;
    if (to) tools.append(suggestion(to, short, place, words(body), name));
    clause.append(tools);
  }

  /** What a clause says, without its heading and without what stands below it. */
  function words(body) {
    const parts = Array.from(body.children).filter((part) => !part.matches("[id], .since, .note, .in-short"));
    return parts.map((part) => part.innerText.trim()).filter(Boolean).join("\n\n");
  }

  /** A link that begins a message about a clause, with its place, its edition and its words. */
  function suggestion(to, citation, place, text, name) {
    const link = document.createElement("a");
    const body = `${citation}\n${place}\n\nIt says now:\n${text}\n\nIt should say:\n`;
    link.href = `mailto:${to}?subject=${encodeURIComponent(`Suggestion: ${citation}`)}&body=${encodeURIComponent(body)}`;
    link.textContent = "Suggest a change";
    link.setAttribute("aria-label", `Suggest a change of ${name}`);
    return link;
  }

  // Contents

  /** The contents of a phone go away when a clause of this page was chosen, or when the screen turns wide. */
  function setUpContents(nav) {
    if (!nav?.hidePopover) return;
    nav.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#"]');
      const target = link && document.getElementById(link.hash.slice(1));
      if (!target) return;
      if (nav.matches(":popover-open")) nav.hidePopover();
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
    });
    const current = nav.querySelector("[aria-current]");
    if (current && nav.scrollHeight > nav.clientHeight) nav.scrollTop = current.offsetTop - nav.clientHeight / 3;
    if (window.IntersectionObserver && nav.querySelector(".contents-clauses")) follow(nav);
  }

  /** Mark in the contents the clause that is being read: the one behind a line a little below the bar. */
  function follow(nav) {
    const behind = new Set();
    const mark = () => {
      let read = [...behind].pop();
      const atEnd = scrollY > 0 && innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
      if (atEnd) read = document.querySelector(".clause:has(:target)") ?? read; // it cannot come up to the line
      const link = read && nav.querySelector(`.contents-clauses a[href="#${CSS.escape(headingOf(read).id)}"]`);
      const marked = nav.querySelector('[aria-current="location"]');
      if (marked === link) return;
      marked?.removeAttribute("aria-current");
      if (!link) return;
      link.setAttribute("aria-current", "location");
      const { offsetTop: top, offsetHeight: height } = link;
      if (top < nav.scrollTop) nav.scrollTop = top;
      if (top + height > nav.scrollTop + nav.clientHeight) nav.scrollTop = top + height - nav.clientHeight;
    };
    const observer = new IntersectionObserver((seen) => {
      for (const { target, isIntersecting } of seen) behind[isIntersecting ? "add" : "delete"](target);
      mark();
    }, { rootMargin: "-15% 0px -84% 0px" });
    for (const clause of document.querySelectorAll(".clause")) observer.observe(clause);
    addEventListener("hashchange", mark);
  }

  matchMedia("(min-width: 76.25em)").addEventListener("change", () => {
    const nav = document.getElementById("contents");
    if (nav?.hidePopover && nav.matches(":popover-open")) nav.hidePopover();
  });

  // The words of the search that led here, which the box left behind for this one landing

  function markAsked() {
    if (!window.CSS?.highlights) return;
    CSS.highlights.delete("asked");
    let asked = null;
    try {
      asked = JSON.parse(sessionStorage.getItem("guide.asked"));
      sessionStorage.removeItem("guide.asked");
    } catch { /* where nothing can be kept, nothing is marked */ }
    if (asked?.href !== location.href || !asked.words.length) return;
    const place = document.querySelector(":target")?.closest(".clause")?.querySelector(".clause-body") ?? document.getElementById("main");
    const one = asked.words.map((word) => word.replace(/[^\p{L}\p{N}]+/gu, "[^\\p{L}\\p{N}]+")).join("|");
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${one})(?![\\p{L}\\p{N}])`, "giu");
    const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    const ranges = [];
    while (texts.nextNode()) {
      const node = texts.currentNode;
      for (const { index, 0: text } of node.data.matchAll(pattern)) {
        ranges.push(new StaticRange({ startContainer: node, startOffset: index, endContainer: node, endOffset: index + text.length }));
      }
    }
    if (ranges.length) CSS.highlights.set("asked", new Highlight(...ranges));
  }

  addEventListener("hashchange", markAsked);

  /** A button behind an address that is to be pasted elsewhere. */
  function addCopyButton(code) {
    const button = copyButton("Copy", `the address: ${code.dataset.copy}`, () => code.textContent);
    button.className = "copy-address";
    code.after(" ", button);
  }

  /** Print the page; form: what is left of it on paper, where that is not all (print.css). */
  function print(form) {
    if (form) document.documentElement.dataset.print = form;
    addEventListener("afterprint", () => delete document.documentElement.dataset.print, { once: true });
    window.print();
  }

  /* Above each printed sheet the title; a policy's pages have a style sheet of their own for that. */
  addEventListener("beforeprint", () => {
    const title = document.querySelector("[data-sheet]") ? "" : JSON.stringify(document.title);
    document.documentElement.style.setProperty("--sheet", title);
  });

  function setUp() {
    document.querySelectorAll("code[data-copy]:not(:has(+ .copy-address))").forEach(addCopyButton);
    const cites = document.querySelector("[data-cites]")?.dataset.cites; // how the policy is cited in this edition
    const clauses = cites ? document.querySelectorAll(".clause:not(:has(.clause-tools))") : [];
    for (const clause of clauses) addTools(clause, cites);
    setUpContents(document.getElementById("contents"));
    for (const button of document.querySelectorAll(".print-button")) {
      button.hidden = false;
      button.onclick = () => {
        if (button.closest(".menu")) close(button.closest(".menu"));
        print(button.dataset.form);
      };
    }
    markAsked();
  }

  // The theme tells when a page came in without a reload (its instant navigation).
  if (window.document$) window.document$.subscribe(setUp);
  else setUp();
})();
