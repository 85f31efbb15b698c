/* The theme's search worker, with our engine: speaks the theme's own messages
 * (0 set up, 1 ready, 2 question, 3 result). The engine and the index are fetched when the
 * first question comes, not with the page. */
"use strict";

var READY = 1, QUERY = 2, RESULT = 3;
var SHOWN = 12;
// In a shared folder the worker is a script in a frame, whose own address says nothing.
var here = self.document && document.currentScript ? document.currentScript.src : self.location.href;
var flat = here.indexOf("?flat") > 0; // pages end in .html instead of /
var engine = null, last = 0;

function site(path) { return new URL("../../../" + path, here).href; }
function page(path) { return flat ? path + ".html" : path + "/"; }

/** A file of the index; awaited, because in a shared folder scripts load late. */
async function load(name) {
  await importScripts(site("search/" + name + ".js"));
  var found = self.guideIndex && self.guideIndex[name];
  if (!found) throw new Error("the search index is not whole");
  return found;
}

async function ready() {
  if (!engine) {
    self.module = { exports: {} };
    await importScripts(new URL("stemmer.js", here).href);
    var stem = self.module.exports;
    await importScripts(new URL("engine.js", here).href);
    engine = new self.GuideSearch(await load("index"), stem, load);
  }
  return engine;
}

function escaped(text) {
  return text.replace(/[&<>"]/g, function (sign) { return { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }[sign]; });
}

/** Text with the words that met the question marked. */
function marked(text, marks) {
  return text.split(/([A-Za-z0-9]+(?:[’'.-][A-Za-z0-9]+)*)/).map(function (piece, i) {
    var met = i % 2 && engine.words(piece).some(function (word) { return !engine.stop.has(word) && marks.has(engine.stem(word)); });
    return met ? "<mark>" + escaped(piece) + "</mark>" : escaped(piece);
  }).join("");
}

/** About 180 letters around the first words that met the question. */
function snippet(text, marks) {
  var words = text.split(" "), first = 0;
  for (var i = 0; i < words.length; i += 1) {
    var met = engine.words(words[i]).some(function (word) { return !engine.stop.has(word) && marks.has(engine.stem(word)); });
    if (met) { first = Math.max(0, i - 6); break; }
  }
  var piece = words.slice(first).join(" ");
  if (piece.length > 180) piece = piece.slice(0, 180).replace(/\s+\S*$/, "") + " …";
  return (first ? "… " : "") + marked(piece, marks);
}

/* The theme lists a result as a heading and what is below it. Ours: the clause, then where it stands and its words. */
function item(found, marks, score) {
  var kind = found.kind === "l" ? "Law" : found.around;
  var title = (found.label ? found.label + " " : "") + found.title;
  return headed(
    { location: found.url, title: marked(title, marks), text: "", score: score, terms: {} },
    { location: found.url, title: escaped(kind), text: snippet(found.text, marks), score: score, terms: {} }
  );
}

/** A row that is no answer: what it says, what to do, and where that leads. */
function notice(says, advice, location) {
  return headed({ location: location, title: says, text: "", score: 0, terms: {} }, { location: location, title: advice, text: "", score: 0, terms: {} });
}

/** The theme heads a group with its first address that has no fragment, or else with its last. */
function headed(head, below) {
  return head.location.indexOf("#") < 0 ? [head, below] : [below, head];
}

/** "policy:lending how long" asks one policy only: {shelf, question}. */
function within(question, index) {
  var match = question.match(/^\s*policy:([a-z0-9-]+)\s*/i);
  var shelf = match ? index.ids.indexOf(match[1].toLowerCase()) : -1;
  return { shelf: shelf < 0 ? undefined : shelf, question: match ? question.slice(match[0].length) : question };
}

async function answer(typed) {
  if (!/\S/.test(typed)) return [];
  var search = await ready();
  var asked = within(typed, search.index);
  if (!/\S/.test(asked.question)) return [];
  var found = await search.search(asked.question, { typing: true, shelf: asked.shelf });
  var rows = await Promise.all(found.hits.slice(0, SHOWN).map(async function (hit, i) {
    return item(await search.entry(hit.entry), found.marks, 100 - i);
  }));
  if (found.unsure) {
    rows.unshift(notice("No clause answers this directly", rows.length ? "The nearest are below. Whom to ask" : "Whom to ask, and other ways to find it", (flat ? "help/index.html" : "help/") + "#not-found"));
  }
  if (search.index.feedback) {
    var body = "I searched the policy guide for “" + asked.question.slice(0, 200) + "” and did not find it.";
    var mail = "mailto:" + search.index.feedback + "?subject=" + encodeURIComponent("Policy guide: not found") + "&body=" + encodeURIComponent(body);
    rows.push(notice("Not what you were looking for?", "Tell us what you searched for", mail));
  }
  return rows;
}

self.onmessage = async function (event) {
  if (event.data.type !== QUERY) return;
  var mine = last += 1, items;
  try {
    items = await answer(String(event.data.data));
  } catch (error) {
    items = [notice("Search is not working here", "Find a clause in the index instead", page("help/find"))];
  }
  if (mine === last) self.postMessage({ type: RESULT, data: { items: items } });
};

self.postMessage({ type: READY });
