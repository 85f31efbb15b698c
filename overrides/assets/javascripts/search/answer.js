/* One question answered: {query, notice, corrected, hits, total, more}, as the box shows it.
 * notice is null or {kind: "no-answer"}, {kind: "unknown-word", words}, {kind: "silence", text, ask, clause}; corrected is null or {from, to};
 * a hit is {id, kind, number, title, place, text, href, gist, marks, score}, its marks the stems of what the reader typed. */
"use strict";
(() => {
  const KINDS = { a: "page", c: "clause", l: "law", s: "page" };

  /** Without guesses at what a word was meant to be. */
  function literally(engine) {
    return Object.assign(Object.create(engine), { mistyped: () => [], alike: () => [] });
  }

  /** What each word of a question stands for as it was typed: [[word, terms]]. */
  function typed(engine, query) {
    const words = engine.tokenize(query).filter((word) => !engine.stop.has(word));
    return words.map((word, place) => [word, engine.spellings(word, place === words.length - 1).map(([term]) => engine.index.terms[term])]);
  }

  /** The first word that stands nowhere and was taken for another: {from, to}, to as the best hit writes it. */
  function correction(engine, plain, hits) {
    for (const [word, terms] of typed(engine, plain.query)) {
      const own = plain.words.find(([same]) => same === word);
      if (own[1].length || !terms.length) continue;
      const text = hits.map((hit) => `${hit.title} ${hit.text}`).join(" ");
      const to = engine.tokenize(text).find((other) => engine.stem(other) === terms[0]);
      if (to) return { from: word, to };
    }
    return null;
  }

  async function hitOf(engine, { entry, score }, marks) {
    const facts = await engine.entry(entry);
    return {
      id: String(entry), kind: KINDS[facts.kind], number: facts.label, title: facts.title, place: facts.kind === "l" ? "Law" : facts.around,
      text: facts.text, href: facts.url, gist: facts.gist || "", marks, score
    };
  }

  self.guideAnswer = async (engine, query, { literal, limit, policy }) => {
    const asked = literal ? literally(engine) : engine;
    const shard = policy ? engine.index.ids.indexOf(policy) : -1;
    const found = await asked.search(query, { typing: true, shard: shard < 0 ? undefined : shard });
    const marks = typed(asked, query).flatMap(([, terms]) => terms);
    const hits = await Promise.all(found.hits.slice(0, limit).map((hit) => hitOf(engine, hit, marks)));
    const words = typed(literally(engine), query);
    return {
      query, hits,
      notice: found.unsure ? { kind: "no-answer" } : null,
      corrected: literal || found.named ? null : correction(engine, { query, words }, hits),
      total: found.hits.length,
      more: found.hits.length > hits.length
    };
  };
})();
