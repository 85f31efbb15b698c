/* The list of policies: filters by word, audience and status, and A to Z in place of categories.
 * Without it the list stands complete, by category. */
"use strict";
(() => {
  const list = document.querySelector(".policy-list");
  if (!list || list.dataset.ready) return;
  list.dataset.ready = "yes";

  const STATUSES = [
    ["overdue", "Overdue"], ["due-soon", `Due within ${list.dataset.soon} days`], ["current", "Up to date"],
    ["never-reviewed", "No due date"], ["not-in-force", "Not in force"]
  ];
  const groups = Array.from(list.querySelectorAll("section"));
  const rows = Array.from(list.querySelectorAll(".policy-rows > li"));
  const homes = new Map(rows.map((row) => [row, row.parentElement]));
  const title = (row) => row.querySelector("a").textContent;
  const status = (row) => row.querySelector("review-status")?.standing?.status ?? row.dataset.status;

  function create(tag, text, attributes = {}) {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }

  const form = create("div", "", { class: "list-choices", role: "group", "aria-label": "Filter the policies" });
  const result = create("p", "", { class: "list-result", role: "status" });

  function labelled(words, control) {
    const label = create("label", `${words} `);
    label.append(control);
    form.append(label);
    return control;
  }

  function choice(words, options) {
    const select = labelled(words, create("select", ""));
    for (const [value, text] of [["", "all"], ...options]) select.append(create("option", text, { value }));
    return select;
  }

  const words = labelled("Title or summary", create("input", "", { type: "search", autocomplete: "off" }));
  const audiences = list.dataset.audiences.split("|").filter(Boolean);
  const audience = audiences.length ? choice("For", audiences.map((name) => [name, name])) : null;
  const state = choice("Review", STATUSES);
  const order = groups.length > 1 ? choice("Order", [["title", "A to Z"]]) : null;
  if (order) order.options[0].textContent = "by category";
  const all = create("ul", "", { class: "policy-rows" });

  function refresh() {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const fits = wanted.every((word) => text.includes(word)) &&
        (!audience?.value || row.dataset.for.split("|").includes(audience.value)) &&
        (!state.value || status(row) === state.value);
      row.hidden = !fits;
      if (fits) shown += 1;
    }
    const byTitle = order?.value === "title";
    if (byTitle) all.append(...rows.toSorted((one, other) => title(one).localeCompare(title(other), "en-GB")));
    else for (const row of rows) homes.get(row).append(row);
    all.hidden = !byTitle;
    for (const group of groups) group.hidden = byTitle || !group.querySelector("li:not([hidden])");
    const filtered = wanted.length || audience?.value || state.value;
    result.textContent = filtered ? `${shown} of ${rows.length} policies` : "";
  }

  form.addEventListener("input", refresh);
  addEventListener("pageshow", refresh); // the browser may bring back what was chosen
  list.prepend(form, result, all);
  refresh();
})();
