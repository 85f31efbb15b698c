/* The review status on the day of reading, in Europe/London, as whole calendar days.
 * The same rules as macros/reviews/status.py and the same table of words, which the build writes
 * in here; the tests compare the two. Loaded before the page is parsed, so that the status is
 * there at first paint. */
"use strict";
(() => {
  const DAY = 864e5; // milliseconds
  const WORDS = {{ review_sentences }};
  const COUNTS = "no one two three four five six seven eight nine ten eleven twelve".split(" ");
  const MONTHS = "January February March April May June July August September October November December".split(" ");

  const capitalised = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const listed = (words) => [...(words.length > 1 ? [words.slice(0, -1).join(", ")] : []), ...words.slice(-1)].join(" and ");
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

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

  /** The day of one of a policy's reviews, the first being 1; null where no more are known. */
  function dueOn({ anchor, months, stated }, number) {
    const steps = stated ? number - 1 : number;
    if (steps && !months) return null;
    return dueDay(anchor, steps * (months || 0));
  }

  /** How a review stands: {status, due, daysLate, missed, next}; days are since 1970. soon: days before the due day. */
  function standing(schedule, todayIso, soon) {
    const now = parseDay(todayIso);
    const due = dueOn(schedule, 1);
    const missed = [];
    let next = due;
    while (next !== null && next < now) {
      missed.push(next);
      next = dueOn(schedule, missed.length + 1);
    }
    const status = now > due ? "overdue" : due - now <= soon ? "due-soon" : "current";
    return { status, due, daysLate: now - due, missed, next };
  }

  /** Which reviews are missing, in words. */
  function unrecorded(missed, months) {
    const words = WORDS.unrecorded;
    if (missed.length === 1) return words.one;
    if (missed.length > words["listed at most"]) {
      return filled(words.many, { count: capitalised(COUNTS[missed.length] || missed.length.toLocaleString("en-GB")) });
    }
    if (months === 12) return filled(words.yearly, { years: listed(missed.map((day) => String(new Date(day * DAY).getUTCFullYear()))) });
    return filled(words.few, { days: listed(missed.map(dayInWords)) });
  }

  /** The words for a standing, in one of the forms full, line, short and chip (without words after it): {chip, rest}. */
  function verdict({ status, due, daysLate, missed }, months, form) {
    const words = WORDS[daysLate === 0 ? "due-today" : status];
    const values = { due: dayInWords(due), unrecorded: status === "overdue" ? unrecorded(missed, months) : "" };
    const brief = form === "short" || form === "chip";
    return { chip: brief ? words["short chip"] : words.chip, rest: form === "chip" ? "" : filled(words[form], values) };
  }

  window.guideReview = {
    standing, verdict, today, listed, dayInWords: (iso) => dayInWords(parseDay(iso))
  };
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

    get schedule() {
      return {
        anchor: this.getAttribute("anchor"), months: Number(this.getAttribute("months")), stated: this.hasAttribute("stated")
      };
    }

    /** How the review stands today. */
    get standing() {
      return standing(this.schedule, today(), Number(this.getAttribute("soon")));
    }

    refresh() {
      const now = this.standing;
      const form = ["short", "line", "chip"].find((name) => this.hasAttribute(name)) ?? "full";
      const { chip, rest } = verdict(now, this.schedule.months, form);
      this.setAttribute("status", now.status);
      this.shadowRoot.replaceChildren(
        part("as-at", `As at ${dayInWords(parseDay(today()))}: `), part("chip", chip), " ", part("rest", rest)
      );
      // A line on the screen is told in full on paper.
      if (form === "line") this.shadowRoot.append(part("full", verdict(now, this.schedule.months, "full").rest));
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
