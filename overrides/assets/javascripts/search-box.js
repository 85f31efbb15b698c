/* The search box beyond the theme's own: pasting and dictation, results in the order of Tab, the focus given back,
 * no keys that act while one types elsewhere, one policy alone, and the big button of the home page. And a bar that keeps its links when pages change without a reload. */
(function () {
  "use strict";

  var query = document.querySelector("[data-md-component=search-query]");
  var links = document.querySelectorAll(".bar a[href]");
  var search = document.querySelector("[data-md-component=search]");
  var opened = document.querySelector("[data-md-toggle=search]");
  var list = document.querySelector(".md-search-result__list");
  var opener = null, come = false;
  links.forEach(function (link) { link.href = link.href; }); // absolute, so that they hold wherever a page leads

  query.addEventListener("input", function () { query.dispatchEvent(new KeyboardEvent("keyup")); });

  /* The theme acts on f, s, n, p and others wherever they are pressed, which speech input and tremor set off
   * (WCAG 2.1.4), and shuts the results at Tab, so that nobody comes to them. */
  addEventListener("keydown", function (event) {
    var letter = event.key && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (letter || (event.key === "Tab" && opened.checked)) event.stopImmediatePropagation();
    if (event.key === "Escape" && opened.checked && opener) {
      var back = opener; // the theme lets go of the focus; after that it goes back
      opener = null;
      setTimeout(function () { back.focus(); });
    }
  }, true);
  new MutationObserver(function () {
    list.querySelectorAll("li > a:first-child[tabindex]").forEach(function (link) { link.removeAttribute("tabindex"); });
  }).observe(list, { childList: true, subtree: true });

  /* Where the reader came from, to go back there; and results put away when the reader goes on. */
  search.addEventListener("focusin", function (event) {
    if (event.relatedTarget && !search.contains(event.relatedTarget)) opener = event.relatedTarget;
  });
  search.addEventListener("focusout", function (event) {
    if (opened.checked && event.relatedTarget && !search.contains(event.relatedTarget)) opened.click();
  });

  /* “Only this policy” writes policy:… before the question, where it can be seen and taken away. */
  var only = document.querySelector(".only-policy");
  function policy() { return document.querySelector("[data-policy]").dataset.policy; }
  only.addEventListener("click", function () {
    var prefix = "policy:" + policy() + " ";
    var on = query.value.indexOf(prefix) === 0;
    query.value = on ? query.value.slice(prefix.length) : prefix + query.value.replace(/^\s*policy:\S*\s*/, "");
    only.setAttribute("aria-pressed", String(!on));
    query.focus();
    query.dispatchEvent(new KeyboardEvent("keyup"));
  });

  function page() {
    if (come) query.blur(); // a page came in: the theme puts the results away, so the box must not keep the focus
    come = true;
    if (only.parentElement.hidden === Boolean(policy())) only.parentElement.hidden = !policy();
    links.forEach(function (link) {
      var part = !link.classList.contains("brand") && location.href.indexOf(link.href.replace(/index\.html$/, "")) === 0;
      if (part === link.hasAttribute("aria-current")) return; // what stands already is left alone: each change costs a new layout
      if (part) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    document.querySelectorAll("[data-open-search]").forEach(function (button) {
      button.hidden = false;
      button.onclick = function () { opener = button; query.focus(); };
    });
  }

  if (window.document$) window.document$.subscribe(page);
  else page();
})();
