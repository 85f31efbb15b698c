/* The review status on the day of reading, in Europe/London, as whole calendar days.
 * The same rules as macros/reviews/status.py; the tests compare the two. Loaded before the
 * page is parsed, so that the status is there at first paint. */
"use strict";
(() => {
  const DAY = 864e5; // milliseconds
  const COUNTS = "no one two three four five six seven eight nine ten eleven twelve".split(" ");
  const ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(" ");
  const MONTHS = "January February March April May June July August September October November December".split(" ");

  const plural = (number, noun) => `${number.toLocaleString("en-GB")} ${noun}${number === 1 ? "" : "s"}`;
  const capitalised = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  /** "2021-12" and a number of months on → that day as days since 1970; a month counts as its last day. */
  function dueDay(anchor, months) {
    const [anchorYear, anchorMonth = 12, anchorDay = 31] = anchor.split("-").map(Number);
    const months0 = anchorYear * 12 + anchorMonth - 1 + months;
    const year = Math.floor(months0 / 12);
    const month = months0 % 12;
    const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    return Date.UTC(year, month, Math.min(anchorDay, lastDay)) / DAY;
  }

  /** "2026-11-23" → days since 1970. */
  function parseDay(iso) {
    const [year, month, day] = iso.split("-").map(Number);
    return Date.UTC(year, month - 1, day) / DAY;
  }

  function dayInWords(day) {
    const date = new Date(day * DAY);
    return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  }

  /** Today's date in London as YYYY-MM-DD. */
  function today() {
    const format = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", year: "numeric", month: "2-digit", day: "2-digit" });
    const parts = Object.fromEntries(format.formatToParts(new Date()).map(({ type, value }) => [type, value]));
    return `${parts.year}-${parts.month}-${parts.day}`;
  }

  /** How a review stands: {status, due, daysLate, missed, next}; days are since 1970. soon: days before the due day. */
  function standing(anchor, months, todayIso, soon) {
    const now = parseDay(todayIso);
    const due = dueDay(anchor, months);
    let missed = 0;
    while (dueDay(anchor, months * (missed + 1)) < now) missed += 1;
    const status = now > due ? "overdue" : due - now <= soon ? "due-soon" : "current";
    return { status, due, daysLate: now - due, missed, next: dueDay(anchor, months * (missed + 1)) };
  }

  /** The words for a standing in a table: {chip, rest}. */
  function shortVerdict({ status, due, daysLate, missed }) {
    if (status === "overdue") return { chip: "Overdue", rest: `by ${plural(daysLate, "day")}; ${plural(missed, "review")} missed` };
    if (daysLate === 0) return { chip: "Due today", rest: "" };
    if (status === "due-soon") return { chip: "Due soon", rest: `by ${dayInWords(due)}, in ${plural(-daysLate, "day")}` };
    return { chip: "Up to date", rest: `next by ${dayInWords(due)}` };
  }

  /** The words for a standing on a policy's own pages: {chip, rest}. */
  function verdict({ status, due, daysLate, missed, next }, months) {
    if (status === "overdue") {
      const reviews = `${months === 12 ? "annual review" : "review"}${missed > 1 ? "s have" : " has"}`;
      return {
        chip: "Review overdue",
        rest: `by ${plural(daysLate, "day")}. ${capitalised(COUNTS[missed] || String(missed))} ${reviews} been missed; ` +
          `the ${ORDINALS[missed + 1] || "next"} is due by ${dayInWords(next)}.`
      };
    }
    if (daysLate === 0) return { chip: "Review due today", rest: "" };
    if (status === "due-soon") return { chip: "Review due soon", rest: `by ${dayInWords(due)}, in ${plural(-daysLate, "day")}.` };
    return { chip: "Review up to date", rest: `The next is due by ${dayInWords(due)}.` };
  }

  window.guideReview = { standing, verdict, today, dayInWords: (iso) => dayInWords(parseDay(iso)) };
  if (!window.customElements || !window.Intl) return;

  function part(name, text) {
    const span = document.createElement("span");
    span.setAttribute("part", name);
    span.textContent = text;
    return span;
  }

  class ReviewStatus extends HTMLElement {
    connectedCallback() {
      if (!this.shadowRoot) this.attachShadow({ mode: "open" });
      this.refresh();
    }

    get months() {
      return Number(this.getAttribute("months"));
    }

    /** How the review stands today. */
    get standing() {
      return standing(this.getAttribute("anchor"), this.months, today(), Number(this.getAttribute("soon")));
    }

    refresh() {
      const now = this.standing;
      const { chip, rest } = this.hasAttribute("compact") ? shortVerdict(now) : verdict(now, this.months);
      this.setAttribute("status", now.status);
      this.shadowRoot.replaceChildren(
        part("as-at", `As at ${dayInWords(parseDay(today()))}: `), part("chip", chip), " ", part("rest", rest)
      );
    }
  }
  customElements.define("review-status", ReviewStatus);

  function refreshAll() {
    for (const element of document.querySelectorAll("review-status")) element.refresh?.();
  }
  addEventListener("pageshow", refreshAll);
  addEventListener("beforeprint", refreshAll);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) refreshAll();
  });
})();
