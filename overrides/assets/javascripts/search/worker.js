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

  /** Text with some words marked. */
  function marked(text, marks) {
    let end = 0;
    let html = "";
    for (const { 0: piece, index } of text.matchAll(self.GuideSearch.PIECE)) {
      html += escaped(text.slice(end, index));
      html += marks.has(piece.toLowerCase()) ? `<mark>${escaped(piece)}</mark>` : escaped(piece);
      end = index + piece.length;
    }
    return html + escaped(text.slice(end));
  }

  /** The text around the first of some words. */
  function snippet(text, marks) {
    const words = text.split(" ");
    const isMarked = (word) => (word.toLowerCase().match(self.GuideSearch.PIECE) || []).some((piece) => marks.has(piece));
    const first = Math.max(0, words.findIndex(isMarked) - 6);
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
  function result(hit, place) {
    const marks = new Set(hit.marks);
    const title = (hit.number ? `${hit.number} ` : "") + hit.title;
    const around = hit.kind === "law" ? "Law" : hit.place;
    return row(hit.href, marked(title, marks), escaped(around), snippet(hit.text, marks), 100 - place);
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

  /** "policy:lending how long" asks one policy only: {policy, question}. */
  function scoped(typed) {
    const match = typed.match(/^\s*policy:([a-z0-9-]+)\s*/i);
    return match ? { policy: match[1].toLowerCase(), question: typed.slice(match[0].length) } : { question: typed };
  }

  /** What a notice of the engine says. */
  function message({ kind, words }) {
    if (kind === "unknown-word") return `Nothing here mentions ${words.map((word) => `“${escaped(word)}”`).join(" or ")}`;
    return "No clause answers this directly";
  }

  async function answer(typed) {
    if (!typed.trim()) return [];
    const { index } = await ready();
    const { policy, question } = scoped(typed);
    if (!question.trim()) return [];
    const { hits, notice: heard } = await engine.answer(question, { policy, limit: MAX_RESULTS });
    const rows = hits.map(result);
    if (heard) {
      const advice = rows.length ? "The nearest are below. Whom to ask" : "Whom to ask, and other ways to find it";
      rows.unshift(notice(message(heard), advice, `${flat ? "help/index.html" : "help/"}#not-found`));
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
