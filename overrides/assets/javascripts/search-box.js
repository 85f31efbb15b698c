/* The search box beyond the theme's own: pasting and dictation, results in the order of Tab, the focus given back,
 * one policy alone, and the big button of the home page. */
"use strict";
(() => {
  const query = document.querySelector("[data-md-component=search-query]");
  const search = document.querySelector("[data-md-component=search]");
  const toggle = document.querySelector("[data-md-toggle=search]");
  const list = document.querySelector(".md-search-result__list");
  const only = document.querySelector(".only-policy");
  let opener = null; // where the reader came from, to go back there
  let first = true;

  // The theme listens to keys alone, which pasting and dictation do not press.
  const ask = () => query.dispatchEvent(new KeyboardEvent("keyup"));
  query.addEventListener("input", ask);

  addEventListener("keydown", (event) => {
    if (!toggle.checked) return;
    if (event.key === "Tab") event.stopImmediatePropagation(); // the theme shuts the results at Tab, so that nobody comes to them
    if (event.key === "Escape" && opener) {
      const target = opener;
      opener = null;
      setTimeout(() => target.focus()); // after the theme has let go of the focus
    }
  }, true);

  new MutationObserver(() => {
    for (const link of list.querySelectorAll("li > a:first-child[tabindex]")) link.removeAttribute("tabindex");
  }).observe(list, { childList: true, subtree: true });

  search.addEventListener("focusin", ({ relatedTarget }) => {
    if (relatedTarget && !search.contains(relatedTarget)) opener = relatedTarget;
  });
  search.addEventListener("focusout", ({ relatedTarget }) => {
    if (toggle.checked && relatedTarget && !search.contains(relatedTarget)) toggle.click(); // the reader goes on
  });

  const policy = () => document.querySelector("[data-policy]").dataset.policy;

  // “Only this policy” writes policy:… before the question, where it can be seen and taken away.
  only.addEventListener("click", () => {
    const prefix = `policy:${policy()} `;
    const pressed = query.value.startsWith(prefix);
    query.value = pressed ? query.value.slice(prefix.length) : prefix + query.value.replace(/^\s*policy:\S*\s*/, "");
    only.setAttribute("aria-pressed", String(!pressed));
    query.focus();
    ask();
  });

  function setUp() {
    if (!first) query.blur(); // a page came in: the theme puts the results away, so the box must not keep the focus
    first = false;
    const row = only.parentElement;
    if (row.hidden === Boolean(policy())) row.hidden = !policy();
    for (const button of document.querySelectorAll("[data-open-search]")) {
      button.hidden = false;
      button.onclick = () => {
        opener = button;
        query.focus();
      };
    }
  }

  // The theme tells when a page came in without a reload (its instant navigation).
  if (window.document$) window.document$.subscribe(setUp);
  else setUp();
})();
