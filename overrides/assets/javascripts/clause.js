/* Copy link and copy citation for each clause; the big search button of the home page.
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

  document.querySelectorAll(".clause").forEach(function (clause) {
    var heading = clause.querySelector("h2");
    var tools = document.createElement("p");
    tools.className = "clause-tools";
    var name = heading.textContent.replace(/^\s*§/, "").replace(/\s+/g, " ").trim();
    if (address()) tools.append(button("Copy link", name, address() + "#" + heading.id));
    tools.append(button("Copy citation", name, clause.dataset.cite));
    clause.insertBefore(tools, clause.querySelector(".clause-law"));
  });

  /* “Only this policy” writes policy:… before the question, where it can be seen and taken away. */
  document.querySelectorAll("[data-only]").forEach(function (button) {
    var prefix = "policy:" + button.dataset.only + " ";
    button.addEventListener("click", function () {
      var on = query.value.indexOf(prefix) === 0;
      query.value = on ? query.value.slice(prefix.length) : prefix + query.value.replace(/^\s*policy:\S*\s*/, "");
      button.setAttribute("aria-pressed", String(!on));
      query.focus();
      query.dispatchEvent(new KeyboardEvent("keyup"));
    });
  });

  /* The contents of a phone make way for what was chosen, and for a screen that turned wide. */
  var contents = document.getElementById("contents");
  if (contents && contents.hidePopover) {
    var away = function () { if (contents.matches(":popover-open")) contents.hidePopover(); };
    contents.addEventListener("click", function (event) {
      var link = event.target.closest('a[href^="#"]');
      if (!link) return;
      away();
      var target = document.getElementById(link.hash.slice(1));
      if (target) { target.tabIndex = -1; target.focus({ preventScroll: true }); }
    });
    matchMedia("(min-width: 76.25em)").addEventListener("change", away);
    var current = contents.querySelector("[aria-current]");
    if (current && contents.scrollHeight > contents.clientHeight) contents.scrollTop = current.offsetTop - contents.clientHeight / 3;
  }

  /* Pasting and dictation search too, and Esc gives the focus back to what opened the search. */
  var query = document.querySelector("[data-md-component=search-query]"), opener = null;
  query.addEventListener("input", function () { query.dispatchEvent(new KeyboardEvent("keyup")); });
  addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !opener) return;
    var back = opener;
    opener = null;
    setTimeout(function () { back.focus(); });
  });

  document.querySelectorAll("[data-open-search]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      opener = button;
      query.focus();
    });
  });
})();
