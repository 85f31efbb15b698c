/* The worker of the search box. It fetches the engine and the index when they are first needed.
 * In: {id, start: true} when the box is opened, or a question, {id, query, literal, limit, policy}. Out: {id, start}, {id, answer} or {id, failed: true}.
 * The engine's answer is made ready to show here: addresses in full, and texts as lists in which every other piece is marked. */
"use strict";
(() => {
  const SHORT = 200;   // characters of a text that is shown from its beginning to its end
  const EXCERPT = 180; // characters of a longer one, where it is not the best answer
  const LEAD = 12;     // words before the first marked one, at most
  const WORD = /([\p{L}\p{N}]+(?:[’'.-][\p{L}\p{N}]+)*)/u;
  const SCRIPTS = ["snowball/base-stemmer.js", "snowball/english-stemmer.js", "engine.js"];
  // In a shared folder the worker is a script in a frame, whose own address says nothing.
  const ownAddress = self.document && document.currentScript ? document.currentScript.src : self.location.href;
  let engine = null;
  let loading = null; // the engine and its index, on their way

  const siteFile = (path) => new URL(`../../../${path}`, ownAddress).href;

  /** A file of the index. From a server several come at once; a shared folder gives scripts alone, one after another. */
  async function load(name) {
    const address = siteFile(`search/${name}.js`);
    if (/^https?:/.test(address)) {
      const response = await fetch(address);
      if (!response.ok) throw new Error("the search index is incomplete");
      const script = await response.text();
      return JSON.parse(JSON.parse(script.slice(script.indexOf("JSON.parse(") + 11, script.lastIndexOf(")"))));
    }
    await importScripts(address); // awaited: in a shared folder scripts load late
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
    engine = new self.GuideSearch(await load("index"), (word) => stemmer.stemWord(word), load);
  }

  /** Whether a word of a text was typed, in this form or another. */
  function isTyped(piece, marks) {
    return engine.tokenize(piece).some((word) => !engine.stop.has(word) && marks.has(engine.stem(word)));
  }

  /** A text in pieces, every other one a word that was typed. */
  function pieces(text, marks) {
    const list = [""];
    text.split(WORD).forEach((piece, place) => {
      if (place % 2 && isTyped(piece, marks)) list.push(piece, "");
      else list[list.length - 1] += piece;
    });
    return list;
  }

  /** A text as a list of results shows it: a short one whole, of a long one what is around the first word that was typed. */
  function excerpt(text, marks) {
    if (text.length <= SHORT) return text;
    const words = text.split(" ");
    const typed = Math.max(0, words.findIndex((word) => isTyped(word, marks)));
    let first = 0; // the beginning, where such a word soon comes; else that of its sentence, or some words before it
    if (words.slice(0, typed).join(" ").length > EXCERPT / 2) {
      first = typed;
      while (first > typed - LEAD && !/[.:;?!]$/.test(words[first - 1])) first -= 1;
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
    await ready();
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
