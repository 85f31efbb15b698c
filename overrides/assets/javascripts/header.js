/* The bar at the top: links that hold when pages change without a reload, the part of the site one is in,
 * and no keys that act while one types elsewhere. */
"use strict";
(() => {
  const links = document.querySelectorAll(".bar a[href]");
  for (const link of links) link.href = link.href; // absolute, so that they hold wherever a page leads

  // The theme acts on f, s, n, p and others wherever they are pressed, which speech input and tremor set off (WCAG 2.1.4).
  addEventListener("keydown", (event) => {
    const character = event.key?.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (character) event.stopImmediatePropagation();
  }, true);

  function isCurrent(link) {
    return !link.classList.contains("brand") && location.href.startsWith(link.href.replace(/index\.html$/, ""));
  }

  function markCurrent() {
    for (const link of links) {
      const current = isCurrent(link);
      if (current === link.hasAttribute("aria-current")) continue; // each change costs a new layout
      if (current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  // The theme tells when a page came in without a reload (its instant navigation).
  if (window.document$) window.document$.subscribe(markCurrent);
  else markCurrent();
})();
