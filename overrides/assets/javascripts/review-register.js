/* The review register on the day of reading: its totals in words, sorting by any column, and
 * filters by status and owner. Without it the table stands complete, the longest due first. */
"use strict";
(() => {
  const register = document.querySelector(".register-whole");
  const { guideReview } = window;
  if (!register || !guideReview || register.dataset.ready) return;
  register.dataset.ready = "yes";

  const { soon } = register.dataset;
  const STATUSES = new Map([
    ["overdue", { filter: "Overdue", total: "overdue" }],
    ["due-soon", { filter: `Due within ${soon} days`, total: `due within ${soon} days` }],
    ["current", { filter: "Up to date", total: "up to date" }],
    ["never-reviewed", { filter: "No due date", total: "without a due date" }],
    ["not-in-force", { filter: "Not in force", total: "not in force" }]
  ]);
  const DUE = 1; // the column of the day by which a review is due
  const DAYS = 100000; // more than any day since 1970, so that days sort as text
  const table = register.querySelector("table");
  const [body] = table.tBodies;
  const rows = Array.from(body.rows);
  const heads = Array.from(table.tHead.rows[0].cells);

  function create(tag, text, attributes = {}) {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }

  const standing = (row) => row.querySelector("review-status")?.standing;
  const status = (row) => standing(row)?.status ?? row.dataset.status;

  /** “3 policies as at 23 November 2026: 1 overdue, …”: what a chair can read out. */
  function showTotals() {
    const counts = new Map(Array.from(STATUSES.keys(), (name) => [name, 0]));
    let worst = null;
    for (const row of rows) {
      const now = standing(row);
      counts.set(status(row), counts.get(status(row)) + 1);
      if (now?.status === "overdue" && !(worst?.daysLate >= now.daysLate)) worst = { ...now, title: row.cells[0].textContent.trim() };
    }
    for (const name of ["never-reviewed", "not-in-force"]) if (!counts.get(name)) counts.delete(name);
    const totals = Array.from(counts, ([name, count]) => `${count} ${STATUSES.get(name).total}`).join(", ");
    const longest = worst &&
      ` The longest overdue is the ${worst.title}, since ${guideReview.dueInWords(worst)}.`;
    register.querySelector(".register-totals").textContent =
      `${rows.length} ${rows.length === 1 ? "policy" : "policies"} as at ${guideReview.dayInWords(guideReview.today())}: ${totals}.${longest ?? ""}`;
  }

  const choices = create("div", "", { class: "register-choices" });
  const result = create("p", "", { class: "register-shown", role: "status" });

  function addFilter(name, options) {
    const label = create("label", `${name} `);
    const select = create("select", "");
    for (const [value, text] of [["", "all"], ...options]) select.append(create("option", text, { value }));
    select.addEventListener("change", applyFilters);
    label.append(select);
    choices.append(label);
    return select;
  }

  const owners = Array.from(new Set(rows.map((row) => row.dataset.owner))).sort();
  const byStatus = addFilter("Status", Array.from(STATUSES, ([name, words]) => [name, words.filter]));
  const byOwner = addFilter("Looked after by", owners.map((owner) => [owner, owner]));

  function applyFilters() {
    for (const row of rows) {
      const fits = (!byStatus.value || status(row) === byStatus.value) && (!byOwner.value || row.dataset.owner === byOwner.value);
      row.hidden = !fits;
    }
    const fitting = rows.filter((row) => !row.hidden).length;
    result.textContent = byStatus.value || byOwner.value ? `${fitting} of ${rows.length} shown` : "";
  }

  /** What a cell sorts by: the day a review was or is due, its own key, or its words. */
  function sortKey(row, column) {
    const cell = row.cells[column];
    if (column === DUE || cell.querySelector("review-status")) {
      const now = standing(row);
      return now ? String(DAYS + now.due) : "";
    }
    return cell.dataset.sort ?? cell.textContent.trim().toLowerCase();
  }

  function sortBy(column) {
    const head = heads[column];
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    rows.sort((one, other) => sortKey(one, column).localeCompare(sortKey(other, column), "en-GB") * (down ? -1 : 1));
    body.append(...rows);
  }

  heads.slice(0, -1).forEach((head, column) => {
    const button = create("button", head.textContent, { type: "button", class: "register-sort" });
    head.replaceChildren(button);
    button.addEventListener("click", () => sortBy(column));
  });
  heads[DUE].setAttribute("aria-sort", "ascending");

  register.insertBefore(choices, register.querySelector(".table-scroll"));
  choices.after(result);
  choices.hidden = rows.length < 2;
  showTotals();
  addEventListener("pageshow", showTotals);
  addEventListener("beforeprint", showTotals);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    showTotals();
    applyFilters();
  });
})();
