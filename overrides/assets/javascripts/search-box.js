/* The search box: where it stands, opening and closing, and the way back to a question. On the home page it stands in the page,
 * elsewhere it is a dialog. What it does with a question is fetched when it is first opened: search/asker.js. */
"use strict";
{% set box %}{% include "partials/search.html" %}{% endset %}
{# The box is made here and not in each page, because it hangs on JavaScript. #}
(() => {
  document.body.insertAdjacentHTML("beforeend", {{ box | trim | tojson }});
  const dialog = document.querySelector(".search-dialog");
  const box = dialog.querySelector(".search");
  const input = box.querySelector("[data-search-input]");
  const only = box.querySelector(".search-only");
  // Absolute, so that they hold wherever a page leads without a reload.
  const [scripts, help, index] = ["scripts", "help", "index"].map((name) => new URL(box.dataset[name], document.currentScript.src).href);

  let asker = null;
  let loading = null;
  let entered = false; // Enter was pressed before the asker came
  let leaving = false; // the box makes way for what was chosen in it
  let page = null;
  const searches = new Map(); // by address, for as long as no page is loaded anew

  const inPage = () => !dialog.contains(box);
  const policy = () => document.querySelector("[data-policy]")?.dataset.policy || "";
  const isOnly = () => !only.hidden && only.getAttribute("aria-pressed") === "true";
  const setOnly = (pressed) => only.setAttribute("aria-pressed", String(Boolean(pressed)));

  function script(name) {
    return new Promise((done, failed) => {
      const tag = document.createElement("script");
      tag.src = scripts + name;
      tag.onload = done;
      tag.onerror = failed;
      document.head.append(tag);
    });
  }

  /** Fetch what answers questions, once; a failure may be tried again. */
  function wake() {
    loading ||= Promise.all(["results.js", "asker.js"].map(script)).then(() => {
      asker = window.guideAsker({ box, input, scripts, help, inPage, isOnly, policy, keep, leave, showFailure });
      asker.ask();
      if (entered) asker.enter();
    }).catch(() => {
      loading = null;
      showFailure();
    });
    return loading;
  }

  /** Say that search itself does not work. */
  function showFailure() {
    const link = Object.assign(document.createElement("a"), { href: index, textContent: "Find a clause in the index instead" });
    const message = document.createElement("strong");
    message.textContent = "Search is not working here.";
    const notice = document.createElement("p");
    notice.className = "search-notice";
    notice.dataset.searchNotice = "failure";
    notice.append(message, " ", link);
    box.querySelector(".search-notices").replaceChildren(notice);
    box.querySelector("[role=status]").textContent = message.textContent;
  }

  // The way back: a question stays with its page in the browser's history

  function keep(search) {
    searches.set(location.href, search);
    try {
      history.replaceState({ ...history.state, search }, "");
    } catch { /* browsers allow only so many of these in a while */ }
  }

  /** The question that this place in the history was left with; null if the box was shut there, undefined if there was none.
   * The theme's instant navigation puts a state of its own in the place of ours:
   * https://github.com/squidfunk/mkdocs-material/blob/9.8.1/src/templates/assets/javascripts/integrations/instant/index.ts */
  function kept() {
    const { state } = history;
    return state && !("search" in state) ? searches.get(location.href) : state?.search;
  }

  function restore(search) {
    input.value = search.query;
    openBox();
    setOnly(search.only);
    wake().then(() => asker?.ask(search));
  }

  function returned() {
    const search = kept();
    if (search) restore(search);
    else leave();
  }

  // Opening and closing

  function openBox() {
    if (!inPage() && !dialog.open) dialog.showModal();
    only.hidden = !policy();
    input.focus();
    input.select();
    wake();
  }

  /** Make way for what was chosen. */
  function leave() {
    if (!dialog.open) return;
    leaving = true;
    dialog.close();
  }

  dialog.addEventListener("close", () => {
    if (!leaving) {
      asker?.remember();
      keep(null);
    }
    leaving = false;
  });
  box.querySelector(".search-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // beside the box
  });

  input.addEventListener("focus", wake);
  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (asker) asker.enter();
    else entered = true;
  });
  addEventListener("keydown", (event) => {
    if (event.key?.toLowerCase() !== "k" || event.altKey || event.shiftKey || event.ctrlKey === event.metaKey) return;
    event.preventDefault();
    openBox();
  });
  addEventListener("popstate", returned);
  addEventListener("pageshow", (event) => {
    if (event.persisted) returned();
  });

  // Each page

  /** Put the box where the page has a place for it. */
  function setUp() {
    const content = document.querySelector("[data-md-component=content]");
    if (content === page) return;
    page = content;
    if (!kept()) leave();
    const place = document.querySelector("[data-search-here]");
    if (place) place.replaceChildren(box);
    else if (inPage()) dialog.append(box);
    if (asker && !dialog.open) asker.empty();
    only.hidden = !policy();
    for (const opener of document.querySelectorAll("[data-search-open], [data-open-search]")) {
      opener.hidden = false;
      opener.onclick = openBox;
    }
  }

  setUp();
  // The theme tells when a page came in without a reload (its instant navigation).
  if (window.document$) window.document$.subscribe(setUp);

  const query = new URLSearchParams(location.search).get("q");
  if (kept()) restore(kept());
  else if (query && kept() === undefined) restore({ query });
})();
