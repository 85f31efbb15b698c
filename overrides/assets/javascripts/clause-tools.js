/* Copy link and copy citation for each clause, and contents that make way for what was chosen.
 * Without this file every clause still has its address behind its number. */
(function () {
  "use strict";

  /** The page's address to give away: the canonical one, never that of a local file. */
  function address() {
    var canonical = document.querySelector('link[rel="canonical"]');
    if (canonical) return canonical.href.split("#")[0];
    return location.protocol === "file:" ? "" : location.href.split("#")[0];
  }

  /** Plain http pages have no clipboard API, so fall back to the old command. */
  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    var area = document.createElement("textarea");
    area.value = text;
    area.className = "sr-only";
    document.body.appendChild(area);
    area.select();
    var done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copying was refused"));
  }

  var said = document.createElement("div");
  said.className = "sr-only";
  said.setAttribute("role", "status");
  document.body.appendChild(said);

  function button(label, name, text) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.setAttribute("aria-label", label + " of " + name);
    made.addEventListener("click", function () {
      copy(text).then(
        function () { tell(made, label, "Copied"); },
        function () { window.prompt(label, text); }
      );
    });
    return made;
  }

  function tell(made, label, message) {
    made.textContent = message;
    said.textContent = message + ".";
    setTimeout(function () { made.textContent = label; said.textContent = ""; }, 2000);
  }

  function tools(clause) {
    var heading = clause.querySelector(".clause-body > [id]");
    var row = document.createElement("p");
    row.className = "clause-tools";
    var name = heading.textContent.replace(/^\s*§/, "").replace(/\s+/g, " ").trim();
    if (address()) row.append(button("Copy link", name, address() + "#" + heading.id));
    row.append(button("Copy citation", name, clause.dataset.cite));
    clause.querySelector(".clause-body").append(row);
  }

  /* The contents of a phone go away when a clause of this page was chosen, or when the screen turns wide. */
  function contents(nav) {
    if (!nav || !nav.hidePopover) return;
    nav.addEventListener("click", function (event) {
      var link = event.target.closest('a[href^="#"]');
      var target = link && document.getElementById(link.hash.slice(1));
      if (!target) return;
      if (nav.matches(":popover-open")) nav.hidePopover();
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
    });
    var current = nav.querySelector("[aria-current]");
    if (current && nav.scrollHeight > nav.clientHeight) nav.scrollTop = current.offsetTop - nav.clientHeight / 3;
  }

  matchMedia("(min-width: 76.25em)").addEventListener("change", function () {
    var nav = document.getElementById("contents");
    if (nav && nav.hidePopover && nav.matches(":popover-open")) nav.hidePopover();
  });

  function page() {
    document.querySelectorAll(".clause[data-cite]:not(:has(.clause-tools))").forEach(tools);
    contents(document.getElementById("contents"));
    document.querySelectorAll(".print-button").forEach(function (made) {
      made.hidden = false;
      made.onclick = function () { window.print(); };
    });
  }

  // The theme says when a page came in without a reload (its instant navigation).
  if (window.document$) window.document$.subscribe(page);
  else page();
})();
