/* An engine that answers a question with what its first word asks for, so that the box can be seen in every state. */
"use strict";
(() => {
  const LONG = "Nothing of interest stands here, and then a comma, and it goes on. ".repeat(6);
  const clause = (place, facts = {}) => ({
    id: `policy/2.3.${place}`, kind: "clause", number: `2.3.${place}`, title: `Title ${place}`, place: "Social networking policy › 2.3 Safer online behaviour",
    text: `Staff should never do thing ${place}.`, href: `policies/social-networking/2-3/#clause-2-3-${place}`, gist: null, marks: [], score: 1 / place, ...facts
  });
  const some = (count, facts) => Array.from({ length: count }, (_, place) => clause(place + 1, facts));
  const ANSWERS = {
    hits: () => ({ hits: some(9) }),
    one: () => ({ hits: some(1) }),
    gist: () => ({ hits: [clause(1, { gist: "Never accept a friend request", text: LONG }), clause(2, { text: LONG, marks: ["comma"] })] }),
    marks: () => ({ hits: [clause(1, { title: "Passwords", text: "Keep your Password secret; log-ins too.", marks: ["password", "passwords", "log-ins"] }), clause(2)] }),
    law: () => ({ hits: [{ ...clause(1), kind: "law", number: "", title: "Defamation Act 2013", place: "Law", href: "legislation/defamation-act-2013/" }] }),
    slip: ({ literal }) => (literal ? { hits: some(1, { title: "As typed" }) } : { hits: some(2), corrected: { from: "slip", to: "slap" } }),
    unknown: () => ({ hits: some(3), notice: { kind: "unknown-word", words: ["asbestos", "<b>lead</b>"] } }),
    silence: () => ({ hits: some(2), notice: { kind: "silence", text: "Former pupils", ask: "the headteacher", clause: { number: "2.3.4", title: "Friending pupils", href: "policies/social-networking/2-3/#clause-2-3-4" } } }),
    verdict: () => ({ hits: some(2), notice: { kind: "no-answer", guessed: false } }),
    guessed: () => ({ hits: some(2), notice: { kind: "no-answer", guessed: true } }),
    nothing: () => ({ hits: [], notice: { kind: "no-answer", guessed: false } }),
    markup: () => ({ hits: [clause(1, { title: "<img src=x onerror=alert(1)>", text: "<script>alert(2)</script>", gist: "<b>bold</b>" })] }),
    breaks: () => { throw new Error("broken"); }
  };

  self.GuideSearch = class {
    constructor(index) {
      this.index = index;
      this.stop = new Set();
    }

    tokenize(text) {
      return [text.toLowerCase()];
    }

    stem(word) {
      return word;
    }

    async answer(query, options) {
      const made = ANSWERS[query.trim().split(" ")[0]] || ANSWERS.hits;
      const { hits, notice = null, corrected = null } = made(options);
      const listed = hits.slice(0, options.limit);
      return { query, notice, corrected, hits: listed, total: hits.length, more: hits.length > listed.length };
    }
  };
})();
