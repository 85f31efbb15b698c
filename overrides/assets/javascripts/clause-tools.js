/* Copy link and copy citation for each clause, copy an address, the print button, and contents that make way for what was chosen.
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

  function copyButton(label, name, text) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.setAttribute("aria-label", `${label} of ${name}`);
    button.addEventListener("click", () => copy(text).then(
      () => confirm(button, label, "Copied"),
      () => window.prompt(label, text)
    ));
    return button;
  }

  function confirm(button, label, message) {
    button.textContent = message;
    announcement.textContent = `${message}.`;
    setTimeout(() => {
      button.textContent = label;
      announcement.textContent = "";
    }, CONFIRMED);
  }

  function addTools(clause, cites) {
    const body = clause.querySelector(".clause-body");
    const heading = body.querySelector(":scope > [id]");
    const name = heading.textContent.replace(/^\s*§/, "").replace(/\s+/g, " ").trim();
    const tools = document.createElement("p");
    tools.className = "clause-tools";
    if (address()) tools.append(copyButton("Copy link", name, `${address()}#${heading.id}`));
    const citation = clause.dataset.cite ?? `${cites}, cl ${heading.querySelector(".clause-number").textContent}`;
    tools.append(copyButton("Copy citation", name, citation));
    const to = document.querySelector("[data-feedback]")?.dataset.feedback;
    if (to) tools.append(suggestion(to, citation, `${address()}#${heading.id}`, words(body), name));
    body.append(tools);
  }

  /** What a clause says, without its heading and without what stands below it. */
  function words(body) {
    const parts = Array.from(body.children).filter((part) => !part.matches("[id], .in-short, .since, .clause-tools, .note"));
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

  /* The contents of a phone go away when a clause of this page was chosen, or when the screen turns wide. */
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
  }

  matchMedia("(min-width: 76.25em)").addEventListener("change", () => {
    const nav = document.getElementById("contents");
    if (nav?.hidePopover && nav.matches(":popover-open")) nav.hidePopover();
  });

  /** A button behind an address that is to be pasted elsewhere. */
  function addCopyButton(code) {
    const button = copyButton("Copy", `the address: ${code.dataset.copy}`, code.textContent);
    button.className = "copy-address";
    code.after(" ", button);
  }

  function setUp() {
    document.querySelectorAll("code[data-copy]:not(:has(+ .copy-address))").forEach(addCopyButton);
    const cites = document.querySelector("[data-cites]")?.dataset.cites; // how the policy is cited in this edition
    const clauses = cites ? document.querySelectorAll(".clause:not(:has(.clause-tools))") : [];
    for (const clause of clauses) addTools(clause, cites);
    setUpContents(document.getElementById("contents"));
    for (const button of document.querySelectorAll(".print-button")) {
      button.hidden = false;
      button.onclick = () => window.print();
    }
  }

  // The theme tells when a page came in without a reload (its instant navigation).
  if (window.document$) window.document$.subscribe(setUp);
  else setUp();
})();
