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
    var name = heading.textContent.replace(/\s+/g, " ").trim();
    if (address()) tools.append(button("Copy link", name, address() + "#" + heading.id));
    tools.append(button("Copy citation", name, clause.dataset.cite));
    clause.insertBefore(tools, clause.querySelector(".clause-law"));
  });

  document.querySelectorAll("[data-open-search]").forEach(function (opener) {
    opener.hidden = false;
    opener.addEventListener("click", function () {
      document.querySelector("[data-md-component=search-query]").focus();
    });
  });
})();
