/* The search box beyond the theme's own: pasting and dictation, the focus given back, one policy alone,
 * and the big button of the home page. And a bar that keeps its links when pages change without a reload. */
(function () {
  "use strict";

  var query = document.querySelector("[data-md-component=search-query]");
  var links = document.querySelectorAll(".bar a[href]");
  var opener = null, come = false;
  links.forEach(function (link) { link.href = link.href; }); // absolute, so that they hold wherever a page leads

  query.addEventListener("input", function () { query.dispatchEvent(new KeyboardEvent("keyup")); });

  addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !opener) return;
    var back = opener;
    opener = null;
    setTimeout(function () { back.focus(); });
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
    only.parentElement.hidden = !policy();
    links.forEach(function (link) {
      var part = !link.classList.contains("brand") && location.href.indexOf(link.href.replace(/index\.html$/, "")) === 0;
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
