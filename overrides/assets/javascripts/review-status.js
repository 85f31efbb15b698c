/* The review status on the day of reading, in Europe/London, as whole calendar days.
 * The same rules as macros/reviews/status.py; the tests compare the two. Loaded before the
 * page is parsed, so that the status is there at first paint. */
(function () {
  "use strict";

  var ONES = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
  var ORDINALS = ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];
  var MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  var SOON = 60;

  /** "2021-12" and a number of months on → that day as days since 1970; a month counts as its last day. */
  function dueDay(anchor, months) {
    var parts = anchor.split("-").map(Number);
    var month = (parts.length > 1 ? parts[1] : 12) - 1 + months;
    var year = parts[0] + Math.floor(month / 12);
    month = ((month % 12) + 12) % 12;
    var last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    return Date.UTC(year, month, parts.length > 2 ? Math.min(parts[2], last) : last) / 864e5;
  }

  function isoDay(text) {
    var parts = text.split("-").map(Number);
    return Date.UTC(parts[0], parts[1] - 1, parts[2]) / 864e5;
  }

  /** Today's date in London as YYYY-MM-DD. */
  function today() {
    var found = {};
    new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", year: "numeric", month: "2-digit", day: "2-digit" })
      .formatToParts(new Date())
      .forEach(function (part) { found[part.type] = part.value; });
    return found.year + "-" + found.month + "-" + found.day;
  }

  /** Where a review stands: {status, due, daysLate, missed, next}; days are since 1970. */
  function standing(anchor, months, todayIso) {
    var now = isoDay(todayIso);
    var due = dueDay(anchor, months);
    var missed = 0;
    while (dueDay(anchor, months * (missed + 1)) < now) missed += 1;
    var status = now > due ? "overdue" : due - now <= SOON ? "due-soon" : "current";
    return { status: status, due: due, daysLate: now - due, missed: missed, next: dueDay(anchor, months * (missed + 1)) };
  }

  function words(day) {
    var date = new Date(day * 864e5);
    return date.getUTCDate() + " " + MONTHS[date.getUTCMonth()] + " " + date.getUTCFullYear();
  }

  function capital(text) { return text.charAt(0).toUpperCase() + text.slice(1); }
  function count(number) { return ONES[number] || String(number); }
  function days(number) { return number.toLocaleString("en-GB") + (number === 1 ? " day" : " days"); }

  /** The words for a standing: {chip, rest}. */
  function verdict(found, months, compact) {
    var kind = months === 12 ? "annual review" : "review";
    if (found.status === "overdue") {
      var many = found.missed > 1;
      if (compact) return { chip: "Overdue", rest: "by " + days(found.daysLate) + "; " + found.missed + (many ? " reviews" : " review") + " missed" };
      return {
        chip: "Review overdue",
        rest: "by " + days(found.daysLate) + ". " + capital(count(found.missed)) + " " + kind + (many ? "s have" : " has") +
          " been missed; the " + (ORDINALS[found.missed + 1] || "next") + " is due by " + words(found.next) + "."
      };
    }
    if (found.daysLate === 0) return { chip: compact ? "Due today" : "Review due today", rest: "" };
    if (found.status === "due-soon") {
      return { chip: compact ? "Due soon" : "Review due soon", rest: "by " + words(found.due) + ", in " + days(-found.daysLate) + (compact ? "" : ".") };
    }
    return { chip: compact ? "Up to date" : "Review up to date", rest: (compact ? "next by " : "The next is due by ") + words(found.due) + (compact ? "" : ".") };
  }

  window.guideReview = { standing: standing, verdict: verdict, today: today, day: function (iso) { return words(isoDay(iso)); } };
  if (!window.customElements || !window.Intl) return;

  function part(name, text) {
    var span = document.createElement("span");
    span.setAttribute("part", name);
    span.textContent = text;
    return span;
  }

  customElements.define("review-status", class extends HTMLElement {
    connectedCallback() {
      if (!this.shadowRoot) this.attachShadow({ mode: "open" });
      this.refresh();
    }

    refresh() {
      var months = Number(this.getAttribute("months"));
      var compact = this.hasAttribute("compact");
      var now = today();
      var found = standing(this.getAttribute("anchor"), months, now);
      var said = verdict(found, months, compact);
      this.setAttribute("status", found.status);
      this.shadowRoot.replaceChildren(
        part("as-at", "As at " + words(isoDay(now)) + ": "), part("chip", said.chip), document.createTextNode(" "), part("rest", said.rest)
      );
    }
  });

  function refreshAll() {
    document.querySelectorAll("review-status").forEach(function (found) { if (found.refresh) found.refresh(); });
  }
  addEventListener("pageshow", refreshAll);
  addEventListener("beforeprint", refreshAll);
  document.addEventListener("visibilitychange", function () { if (!document.hidden) refreshAll(); });
})();
