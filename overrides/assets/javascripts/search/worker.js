/* The theme's search worker, with our engine: speaks the theme's own messages
 * (0 set up, 1 ready, 2 question, 3 result). The engine and the index are fetched when the
 * first question comes, not with the page. */
"use strict";
(() => {
  const READY = 1;
  const QUERY = 2;
  const RESULT = 3;
  const MAX_RESULTS = 12;
  const SNIPPET = 180; // characters
  // In a shared folder the worker is a script in a frame, whose own address says nothing.
  const ownAddress = self.document && document.currentScript ? document.currentScript.src : self.location.href;
  const flat = ownAddress.includes("?flat"); // pages end in .html instead of /
  let engine = null;
  let last = 0;

  const siteFile = (path) => new URL(`../../../${path}`, ownAddress).href;
  const script = (path) => new URL(path, ownAddress).href;
  const page = (path) => (flat ? `${path}.html` : `${path}/`);

  /** A file of the index; awaited, because in a shared folder scripts load late. */
  async function load(name) {
    await importScripts(siteFile(`search/${name}.js`));
    const data = self.guideIndex && self.guideIndex[name];
    if (!data) throw new Error("the search index is incomplete");
    return data;
  }

  async function ready() {
    if (!engine) {
      for (const path of ["snowball/base-stemmer.js", "snowball/english-stemmer.js", "engine.js"]) await importScripts(script(path));
      const stemmer = new self.EnglishStemmer();
      engine = new self.GuideSearch(await load("index"), (word) => stemmer.stemWord(word), load);
    }
    return engine;
  }

  function escaped(text) {
    return text.replace(/[&<>"]/g, (char) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[char]);
  }

  /** Whether a piece of text holds a word that met the question. */
  function isMet(piece, marks) {
    return engine.tokenize(piece).some((word) => !engine.stop.has(word) && marks.has(engine.stem(word)));
  }

  /** Text with the words that met the question marked. */
  function marked(text, marks) {
    return text.split(/([A-Za-z0-9]+(?:[’'.-][A-Za-z0-9]+)*)/)
      .map((piece, place) => (place % 2 && isMet(piece, marks) ? `<mark>${escaped(piece)}</mark>` : escaped(piece)))
      .join("");
  }

  /** The text around the first words that met the question. */
  function snippet(text, marks) {
    const words = text.split(" ");
    const first = Math.max(0, words.findIndex((word) => isMet(word, marks)) - 6);
    let piece = words.slice(first).join(" ");
    if (piece.length > SNIPPET) piece = `${piece.slice(0, SNIPPET).replace(/\s+\S*$/, "")} …`;
    return (first ? "… " : "") + marked(piece, marks);
  }

  /** A row of the list as the theme has it: a heading and what is below it. */
  function row(location, title, below, text, score) {
    const head = { location, title, text: "", score, terms: {} };
    const rest = { location, title: below, text, score, terms: {} };
    // The theme heads a group with its first address that has no fragment, or else with its last.
    return location.includes("#") ? [rest, head] : [head, rest];
  }

  /** A result: the clause, then where it stands and its words. */
  function result(entry, marks, score) {
    const title = (entry.label ? `${entry.label} ` : "") + entry.title;
    const around = entry.kind === "l" ? "Law" : entry.around;
    return row(entry.url, marked(title, marks), escaped(around), snippet(entry.text, marks), score);
  }

  /** A row that is no result: a message, what to do, and where that leads. */
  function notice(message, advice, location) {
    return row(location, message, advice, "", 0);
  }

  /** A row that writes to the school what was searched for. */
  function feedback(address, question) {
    const body = `I searched the policy guide for “${question.slice(0, 200)}” and did not find it.`;
    const mail = `mailto:${address}?subject=${encodeURIComponent("Policy guide: not found")}&body=${encodeURIComponent(body)}`;
    return notice("Not what you were looking for?", "Tell us what you searched for", mail);
  }

  /** "policy:lending how long" asks one policy only: {shard, question}. */
  function scoped(typed, index) {
    const match = typed.match(/^\s*policy:([a-z0-9-]+)\s*/i);
    const shard = match ? index.ids.indexOf(match[1].toLowerCase()) : -1;
    return { shard: shard < 0 ? undefined : shard, question: match ? typed.slice(match[0].length) : typed };
  }

  async function answer(typed) {
    if (!typed.trim()) return [];
    const { index } = await ready();
    const { shard, question } = scoped(typed, index);
    if (!question.trim()) return [];
    const { hits, marks, unsure } = await engine.search(question, { typing: true, shard });
    const rows = await Promise.all(hits.slice(0, MAX_RESULTS).map(async (hit, place) => result(await engine.entry(hit.entry), marks, 100 - place)));
    if (unsure) {
      const advice = rows.length ? "The nearest are below. Whom to ask" : "Whom to ask, and other ways to find it";
      rows.unshift(notice("No clause answers this directly", advice, `${flat ? "help/index.html" : "help/"}#not-found`));
    }
    if (index.feedback) rows.push(feedback(index.feedback, question));
    return rows;
  }

  self.onmessage = async (event) => {
    if (event.data.type !== QUERY) return;
    last += 1;
    const own = last;
    let items;
    try {
      items = await answer(String(event.data.data));
    } catch {
      items = [notice("Search is not working here", "Find a clause in the index instead", page("help/find"))];
    }
    if (own === last) self.postMessage({ type: RESULT, data: { items } });
  };

  self.postMessage({ type: READY });
})();
