/* The review register on the day of reading: its totals in words, sorting by any column, and
 * filters by status and owner. Without it the table stands complete, the longest due first. */
(function () {
  "use strict";

  var whole = document.querySelector(".register-whole");
  var review = window.guideReview;
  if (!whole || !review || whole.dataset.ready) return;
  whole.dataset.ready = "yes";

  var table = whole.querySelector("table");
  var body = table.tBodies[0];
  var rows = Array.from(body.rows);
  var heads = Array.from(table.tHead.rows[0].cells);
  var LABELS = { "overdue": "Overdue", "due-soon": "Due within sixty days", "current": "Up to date", "never": "No due date" };

  function make(tag, text, attributes) {
    var made = document.createElement(tag);
    made.textContent = text;
    Object.keys(attributes || {}).forEach(function (name) { made.setAttribute(name, attributes[name]); });
    return made;
  }

  function standing(row) {
    var told = row.querySelector("review-status");
    return told && review.standing(told.getAttribute("anchor"), Number(told.getAttribute("months")), review.today());
  }
  function status(row) { var found = standing(row); return found ? found.status : "never"; }

  /** “3 policies as at 23 November 2026: 1 overdue, …”: what a chair can read out. */
  function total() {
    var counts = { "overdue": 0, "due-soon": 0, "current": 0, "never": 0 };
    var worst = null;
    rows.forEach(function (row) {
      var found = standing(row);
      counts[found ? found.status : "never"] += 1;
      if (found && found.status === "overdue" && (!worst || found.daysLate > worst.late)) {
        worst = { late: found.daysLate, title: row.cells[0].textContent.trim() };
      }
    });
    var parts = [counts["overdue"] + " overdue", counts["due-soon"] + " due within sixty days", counts["current"] + " up to date"];
    if (counts["never"]) parts.push(counts["never"] + " without a due date");
    whole.querySelector(".register-totals").textContent = rows.length + (rows.length === 1 ? " policy" : " policies") + " as at " +
      review.day(review.today()) + ": " + parts.join(", ") + "." +
      (worst ? " The longest overdue is the " + worst.title + ", by " + worst.late.toLocaleString("en-GB") + (worst.late === 1 ? " day." : " days.") : "");
  }

  var choices = make("div", "", { "class": "register-choices" });
  var said = make("p", "", { "class": "register-shown", "role": "status" });

  function choice(name, options) {
    var label = make("label", name + " ");
    var select = make("select", "");
    [["", "all"]].concat(options).forEach(function (option) { select.append(make("option", option[1], { "value": option[0] })); });
    select.addEventListener("change", filter);
    label.append(select);
    choices.append(label);
    return select;
  }

  function unique(values) { return values.filter(function (value, at) { return values.indexOf(value) === at; }); }
  var byStatus = choice("Status", Object.keys(LABELS).map(function (name) { return [name, LABELS[name]]; }));
  var byOwner = choice("Looked after by", unique(rows.map(function (row) { return row.dataset.owner; })).sort().map(function (owner) { return [owner, owner]; }));

  function filter() {
    var shown = 0;
    rows.forEach(function (row) {
      var fits = (!byStatus.value || status(row) === byStatus.value) && (!byOwner.value || row.dataset.owner === byOwner.value);
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    said.textContent = byStatus.value || byOwner.value ? shown + " of " + rows.length + " shown" : "";
  }

  /** What a cell sorts by: its own key, the day a review was or is due, or its words. */
  function key(row, column) {
    var cell = row.cells[column];
    if (cell.querySelector("review-status") || column === 1) { var found = standing(row); return found ? String(100000 + found.due) : ""; }
    return cell.dataset.sort !== undefined ? cell.dataset.sort : cell.textContent.trim().toLowerCase();
  }

  heads.slice(0, -1).forEach(function (head, column) {
    var button = make("button", head.textContent, { "type": "button", "class": "register-sort" });
    head.replaceChildren(button);
    button.addEventListener("click", function () {
      var down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      rows.sort(function (one, other) { return key(one, column).localeCompare(key(other, column), "en-GB") * (down ? -1 : 1); });
      body.append.apply(body, rows);
    });
  });
  heads[1].setAttribute("aria-sort", "ascending");

  whole.insertBefore(choices, whole.querySelector(".table-scroll"));
  choices.after(said);
  choices.hidden = rows.length < 2;
  total();
  addEventListener("pageshow", total);
  addEventListener("beforeprint", total);
  document.addEventListener("visibilitychange", function () { if (!document.hidden) { total(); filter(); } });
})();
