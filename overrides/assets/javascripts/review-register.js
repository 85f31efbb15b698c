/* The review register on the day of reading: what to do in one sentence, groups by status with their
 * counts as filters, sorting by any column, and the list of one owner, whose address can be bookmarked.
 * Without it the table stands complete, the longest due first. */
"use strict";
(() => {
  const register = document.querySelector(".register-whole");
  const { guideReview } = window;
  if (!register || !guideReview || register.dataset.ready) return;
  register.dataset.ready = "yes";

  const { soon } = register.dataset;
  const STATUSES = new Map([
    ["overdue", "Overdue"], ["due-soon", "Due soon"], ["never-reviewed", "No date"], ["current", "Up to date"], ["not-in-force", "Not in force"]
  ]);
  const NAMED = 3; // policies that the instruction names
  const DUE = 1; // the column of the day by which a review is due
  const DAYS = 100000; // more than any day since 1970, so that days sort as text
  const table = register.querySelector("table");
  const [plain] = table.tBodies;
  const rows = Array.from(plain.rows);
  const heads = Array.from(table.tHead.rows[0].cells);

  function create(tag, text, attributes = {}) {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }

  const standing = (row) => row.querySelector("review-status")?.standing;
  const status = (row) => standing(row)?.status ?? row.dataset.status;
  const of = (name, among = rows) => among.filter((row) => status(row) === name);
  const counted = (number) => `${number} ${number === 1 ? "policy" : "policies"}`;

  /** “Keys policy, Visitors policy and 4 more”, with links. */
  function named(some) {
    const shown = some.slice(0, some.length > NAMED + 1 ? NAMED : some.length);
    const parts = shown.map((row) => row.cells[0].querySelector("a").cloneNode(true));
    if (shown.length < some.length) parts.push(document.createTextNode(`${some.length - shown.length} more`));
    return parts.flatMap((part, place) => [...(place ? [place === parts.length - 1 ? " and " : ", "] : []), part]);
  }

  /** What the chair is to do, as a sentence. */
  function instruction(among) {
    const late = of("overdue", among).sort((one, other) => standing(other).daysLate - standing(one).daysLate);
    const near = of("due-soon", among);
    const undated = of("never-reviewed", among);
    if (late.length) return [`Put ${late.length === 1 ? "this" : "these"} on the next agenda: `, ...named(late), "."];
    if (near.length) return [`Nothing is overdue. Due within ${soon} days: `, ...named(near), "."];
    if (undated.length) return ["Nothing is overdue. Find out when these are due: ", ...named(undated), "."];
    return ["Nothing is overdue, and nothing falls due soon."];
  }

  const totals = register.querySelector(".register-totals");
  const account = create("p", "", { class: "register-account" });
  const choices = create("div", "", { class: "list-choices register-choices" });
  const chips = create("div", "", { class: "register-chips", role: "group", "aria-label": "Status" });
  const result = create("p", "", { class: "list-result register-shown", role: "status" });
  const owners = Array.from(new Set(rows.map((row) => row.dataset.owner))).sort((one, other) => one.localeCompare(other, "en-GB"));
  const byOwner = create("select", "");
  for (const [value, text] of [["", "everybody"], ...owners.map((owner) => [owner, owner])]) byOwner.append(create("option", text, { value }));
  const asked = new URLSearchParams(location.search);
  byOwner.value = owners.includes(asked.get("owner")) ? asked.get("owner") : "";
  let only = STATUSES.has(asked.get("status")) ? asked.get("status") : "";

  /** A body for each status, with a heading that counts. */
  const bodies = new Map(Array.from(STATUSES, ([name, words]) => {
    const body = document.createElement("tbody");
    const heading = create("th", words, { scope: "rowgroup", colspan: String(heads.length), class: "register-group" });
    const row = document.createElement("tr");
    row.append(heading);
    body.append(row);
    return [name, { body, heading, words }];
  }));

  const mine = () => rows.filter((row) => !byOwner.value || row.dataset.owner === byOwner.value);

  function refresh() {
    const among = mine();
    for (const [name, { body, heading, words }] of bodies) {
      const members = of(name, among);
      heading.textContent = `${words} (${members.length})`;
      body.hidden = !members.length || (only && only !== name);
      for (const row of rows) if (status(row) === name) body.append(row);
      for (const row of of(name)) row.hidden = !among.includes(row);
    }
    totals.replaceChildren(...instruction(among));
    const counts = Array.from(STATUSES, ([name, words]) => [of(name, among).length, words.toLowerCase()]).filter(([count]) => count);
    account.textContent = `${counted(among.length)}${byOwner.value ? `, looked after by: ${byOwner.value},` : ""} as at ` +
      `${guideReview.dayInWords(guideReview.today())}: ${guideReview.listed(counts.map(([count, words]) => `${count} ${words}`))}.`;
    chips.replaceChildren(...[["", "All"], ...STATUSES].map(([name, words]) => {
      const count = name ? of(name, among).length : among.length;
      const chip = create("button", `${words} ${count}`, { type: "button", class: "register-chip", "aria-pressed": String(only === name) });
      chip.hidden = name !== "" && !count;
      chip.addEventListener("click", () => {
        only = name;
        refresh();
        remember();
        chips.querySelector("[aria-pressed=true]").focus();
      });
      return chip;
    }));
    const shown = only ? of(only, among).length : among.length;
    result.textContent = shown < rows.length ? `${shown} of ${rows.length} shown` : "";
  }

  /** The address of what is shown, for a bookmark. */
  function remember() {
    const address = new URL(location.href);
    for (const [name, value] of [["owner", byOwner.value], ["status", only]]) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(history.state, "", address);
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
    refresh();
  }

  heads.slice(0, -1).forEach((head, column) => {
    const button = create("button", head.textContent, { type: "button", class: "register-sort" });
    head.replaceChildren(button);
    button.addEventListener("click", () => sortBy(column));
  });
  heads[DUE].setAttribute("aria-sort", "ascending");

  const label = create("label", "Looked after by ");
  label.append(byOwner);
  byOwner.addEventListener("change", () => {
    refresh();
    remember();
  });
  choices.append(chips, label);
  choices.hidden = rows.length < 2;
  totals.after(account, choices, result);
  plain.remove();
  table.append(...Array.from(bodies.values(), ({ body }) => body));
  refresh();
  addEventListener("pageshow", refresh);
  addEventListener("beforeprint", refresh);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) refresh();
  });
})();
