/* The worker of the search box. It fetches the engine and the index when they are first needed.
 * In: {id, start: true} when the box is opened, or a question, {id, query, literal, limit, policy}. Out: {id, start}, {id, answer} or {id, failed: true}.
 * The engine's answer is made ready to show here: addresses in full, and texts as lists in which every other piece is marked. */
"use strict";
(() => {
  const SHORT = 200;   // characters of a text that is shown from its beginning to its end
  const EXCERPT = 180; // characters of a longer one, where it is not the best answer
  const LEAD = 12;     // words before the first marked one, at most
  const SCRIPTS = ["snowball/base-stemmer.js", "snowball/english-stemmer.js", "engine.js"];
  // In a shared folder the worker is a script in a frame, whose own address says nothing.
  const ownAddress = self.document && document.currentScript ? document.currentScript.src : self.location.href;
  let loading = null; // the engine and its index

  const siteFile = (path) => new URL(`../../../${path}`, ownAddress).href;

  /** A file of the index; awaited, because in a shared folder scripts load late. */
  async function load(name) {
    await importScripts(siteFile(`search/${name}.js`));
    const data = self.guideIndex && self.guideIndex[name];
    if (!data) throw new Error("the search index is incomplete");
    return data;
  }

  /** Fetch engine and index once; a failure may be tried again. */
  function ready() {
    loading ||= setUp().catch((error) => {
      loading = null;
      throw error;
    });
    return loading;
  }

  async function setUp() {
    for (const path of SCRIPTS) await importScripts(new URL(path, ownAddress).href);
    const stemmer = new self.EnglishStemmer();
    return new self.GuideSearch(await load("index"), (word) => stemmer.stemWord(word), load);
  }

  /** A text in pieces, every other one a word to mark. */
  function pieces(text, marks) {
    const list = [""];
    let end = 0;
    for (const { 0: piece, index } of text.matchAll(self.GuideSearch.PIECE)) {
      if (!marks.has(piece.toLowerCase())) continue;
      list[list.length - 1] += text.slice(end, index);
      list.push(piece, "");
      end = index + piece.length;
    }
    list[list.length - 1] += text.slice(end);
    return list;
  }

  /** A text as a list of results shows it: a short one whole, of a long one what is around the first marked word. */
  function excerpt(text, marks) {
    if (text.length <= SHORT) return text;
    const words = text.split(" ");
    const isMarked = (word) => (word.toLowerCase().match(self.GuideSearch.PIECE) || []).some((piece) => marks.has(piece));
    const marked = Math.max(0, words.findIndex(isMarked));
    let first = 0; // the beginning, where a marked word soon comes; else that of its sentence, or some words before it
    if (words.slice(0, marked).join(" ").length > EXCERPT / 2) {
      first = marked;
      while (first > marked - LEAD && !/[.:;?!]$/.test(words[first - 1])) first -= 1;
    }
    const piece = words.slice(first).join(" ");
    return (first ? "… " : "") + (piece.length > EXCERPT ? `${piece.slice(0, EXCERPT).replace(/[\s,;:]+\S*$/, "")} …` : piece);
  }

  /** A hit ready to show; of the best answer the whole text. */
  function shown(hit, best) {
    const marks = new Set(hit.marks);
    return {
      number: hit.number, place: hit.place, kind: hit.kind, best,
      href: siteFile(hit.href),
      title: pieces(hit.title, marks),
      gist: pieces(hit.gist || "", marks),
      text: pieces(best ? hit.text : excerpt(hit.text, marks), marks)
    };
  }

  /** A notice with the address of the clause that it names. */
  function noticed(notice) {
    return notice?.clause ? { ...notice, clause: { ...notice.clause, href: siteFile(notice.clause.href) } } : notice;
  }

  async function answer({ query, literal, limit, policy }) {
    const engine = await ready();
    const { notice, corrected, hits, total, more } = await engine.answer(query, { literal, limit, policy });
    return {
      query, corrected, total, more,
      notice: noticed(notice),
      hits: hits.map((hit, place) => shown(hit, place === 0 && !notice)),
      feedback: engine.index.feedback
    };
  }

  /** The questions of the home page: [[text, address]]. Without them the box is merely emptier. */
  async function start() {
    try {
      const file = await load("start");
      return file.questions.map(([text, href]) => [text, siteFile(href)]);
    } catch {
      return [];
    }
  }

  self.onmessage = async ({ data }) => {
    if (data.start) {
      self.postMessage({ id: data.id, start: await start() });
      ready().catch(() => {}); // the first question will say so
      return;
    }
    try {
      self.postMessage({ id: data.id, answer: await answer(data) });
    } catch {
      self.postMessage({ id: data.id, failed: true });
    }
  };
})();
