/* The search engine: one index in, ranked entries out. No DOM, no network.
 * The index is made by macros/search/index.py, which cuts and weighs words in the same way. */
(function (root) {
  "use strict";

  var WORD = /[a-z0-9]+(?:[-'.][a-z0-9]+)*/g;
  var NUMBER = /^\d+(?:\.\d+)+$/;
  var STEPS = 63;
  var LONGEST = 300;      // characters of a question that are looked at
  var SAME = 0.75;        // worth of a word that means the same
  var MEANS = 0.5;        // worth of a more general word
  var BEGUN = 0.7;        // worth of a word that the last one typed may become
  var MISTYPED = 0.8;     // worth of a word one slip away; two slips: its square
  var CANDIDATES = 50;    // entries whose asks are looked at one by one
  var SHELVES = 8;        // policies whose asks are fetched for one question
  var ASKED = 1.1;        // what an ask that says just this is worth, beside all its words
  var LAW = 0.8;          // a clause goes before a law that is as near
  var NAMELESS = ["the", "what", "is", "whats", "about", "law", "a", "an", "of", "in", "under", "act", "request", "rule", "rules", "regs"];
  var SHORT = 4;          // words of a question that counts as short
  var NEAR = 0.42;        // an ask less near than this answers nothing,
  var WORTH = 0.47;       // unless the words are worth more than this share of what they could be

  /** index: search/index; stem: a stemmer; load(name) → a promise of another file of the index. */
  function Engine(index, stem, load) {
    this.index = index;
    this.stemOf = stem;
    this.load = load;
    this.loaded = new Map();
    this.stop = new Set(index.stop);
    this.number = new Map(index.terms.map(function (term, i) { return [term, i]; }));
    this.size = index.kinds.length;
    this.idf = index.spread.map(function (df) { return Math.log(1 + (index.kinds.length - df + 0.5) / (df + 0.5)); });
    this.related = new Map();
    var related = this.related;
    function add(word, other, weight) {
      if (word === other) return;
      if (!related.has(word)) related.set(word, []);
      related.get(word).push([other, weight]);
    }
    index.same.forEach(function (group) {
      group.forEach(function (word) { group.forEach(function (other) { add(word, other, SAME); }); });
    });
    Object.keys(index.means).forEach(function (word) {
      index.means[word].forEach(function (other) { add(word, other, MEANS); });
    });
  }

  Engine.prototype.words = function (text) {
    var plain = text.slice(0, LONGEST).toLowerCase().replace(/’/g, "'").normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
    var found = [];
    (plain.match(WORD) || []).forEach(function (word) {
      if (NUMBER.test(word)) { found.push(word); return; }
      var parts = word.replace(/'s$/, "").replace(/'/g, "").split(/[-.]/);
      found.push(parts.join(""));
      if (parts.length > 1) parts.forEach(function (part) { if (part.length > 2) found.push(part); });
    });
    return found.filter(Boolean);
  };

  Engine.prototype.stem = function (word) { return /^\d/.test(word) ? word : this.stemOf(word); };

  /** Fetch a file of the index once; a failure may be tried again. */
  Engine.prototype.file = function (name) {
    var self = this;
    if (!this.loaded.has(name)) {
      this.loaded.set(name, Promise.resolve(this.load(name)).catch(function (error) { self.loaded.delete(name); throw error; }));
    }
    return this.loaded.get(name);
  };

  /** The postings of some terms, fetched where they are not here yet: a map of term → postings. */
  Engine.prototype.postings = async function (terms) {
    var starts = this.index.stretches, found = new Map(), self = this;
    await Promise.all(Array.from(terms, async function (term) {
      var place = 0;
      while (place + 1 < starts.length && starts[place + 1] <= term) place += 1;
      found.set(term, (await self.file("terms-" + place)).postings[term - starts[place]]);
    }));
    return found;
  };

  Engine.prototype.shelfOf = function (entry) {
    var starts = this.index.starts, low = 0, high = starts.length - 1;
    while (high - low > 1) { var middle = (low + high) >> 1; if (starts[middle] <= entry) low = middle; else high = middle; }
    return low;
  };

  /** An entry's own facts: {url, label, title, around, text, asks}. */
  Engine.prototype.entry = async function (entry) {
    var shelf = this.shelfOf(entry);
    var file = await this.file("shelf-" + shelf);
    var row = file.entries[entry - this.index.starts[shelf]], kind = this.index.kinds[entry];
    var place = file.arounds[row[4]], fragment = row.length > 5 ? row[5] : kind === "c" ? anchor(row[0]) : "";
    return {
      label: row[0], title: row[1], text: row[2], asks: row[3], kind: kind, shelf: shelf,
      around: place ? place[0] : "Legislation",
      url: place ? place[1] + (fragment ? "#" + fragment : "") : row[5]
    };
  };

  /** Entries that carry a printed number or letter. */
  Engine.prototype.labelled = async function (label) {
    var term = this.number.get("#" + label), found = [];
    if (term !== undefined) each((await this.postings([term])).get(term), function (entry) { found.push(entry); });
    return found;
  };

  /** Entries that a number or a law's own name names outright, in order; the best answer there can be. */
  Engine.prototype.named = async function (question) {
    var kinds = this.index.kinds;
    var plain = question.slice(0, LONGEST).trim().toLowerCase();
    var asked = plain.replace(/^(?:what(?:'|’)?s in|what is in|what does|show me|see|read|go to)\s+/, "").replace(/\s+say\??$/, "");
    var number = asked.replace(/^(?:clauses?|cl|sections?|sect?|s|§|paragraphs?|paras?|points?|parts?|rules?|number|no)\b\.?\s*/, "").replace(/[?.!\s]+$/, "");
    if (/^\d+(?:[\s.,-]+\d+)*(?:\s*\([a-z0-9]+\))*$/.test(number)) {
      var found = await this.labelled(number.replace(/\s*\(/g, "(").replace(/[\s.,-]+/g, "."));
      var all = [];
      found.forEach(function (at) {
        all.push(at);
        if (kinds[at] === "s") for (var i = at + 1; kinds[i] === "c"; i += 1) all.push(i);
      });
      if (all.length) return all;
    }
    var appendix = asked.match(/^(?:the\s+)?(?:appendix|annex)\s*([a-z])?\W*$/);
    if (appendix) {
      var listed = await this.labelled("appendix " + (appendix[1] || "a"));
      if (listed.length) return listed;
    }
    var names = this.index.names, words = this.words(asked);
    var bare = words.filter(function (word) { return NAMELESS.indexOf(word) < 0; }).join(" ");
    var forms = [words.join(" "), bare, bare.replace(/ \d{4}$/, ""), bare.replace(/ \d\d$/, "")];
    for (var f = 0; f < forms.length; f += 1) {
      if (Object.prototype.hasOwnProperty.call(names, forms[f])) return [names[forms[f]]];
    }
    return [];
  };

  /** The ways a question can be met: units of alternatives, each stems with a worth. */
  Engine.prototype.units = function (question, typing) {
    var self = this;
    var words = this.words(question);
    var content = words.filter(function (word) { return !self.stop.has(word); });
    if (!content.length) content = words;
    var units = content.map(function (word, i) {
      var alternatives = [];
      var last = typing && i === content.length - 1;
      self.spelt(word, last).forEach(function (found) { alternatives.push({ terms: [found[0]], worth: found[1] }); });
      self.meanings(word).forEach(function (found) { alternatives.push(found); });
      return { word: word, alternatives: alternatives, weight: self.rarity(alternatives, word) };
    });
    for (var length = 2; length <= 4; length += 1) {
      for (var start = 0; start + length <= words.length; start += 1) {
        var phrase = words.slice(start, start + length).join(" ");
        var meanings = self.meanings(phrase);
        if (meanings.length) units.push({ word: phrase, alternatives: meanings, weight: 0, extra: true });
      }
    }
    return units;
  };

  /** Terms a word stands for as typed: itself, what it may become, what it may be a slip of. */
  Engine.prototype.spelt = function (word, last) {
    var stem = this.stem(word), found = [], terms = this.index.terms;
    if (this.number.has(stem)) found.push([this.number.get(stem), 1]);
    if (last && word.length > 2) {
      var from = lowest(terms, word), taken = 0;
      for (var i = from; i < terms.length && terms[i].indexOf(word) === 0 && taken < 12; i += 1, taken += 1) {
        if (terms[i] !== stem) found.push([i, BEGUN]);
      }
    }
    if (!found.length && word.length > 3 && !this.related.has(word)) {
      var most = word.length > 7 ? 2 : 1;
      var near = [];
      for (var t = 0; t < terms.length; t += 1) {
        if (Math.abs(terms[t].length - stem.length) > most || /^\d/.test(terms[t])) continue;
        var far = Math.min(slips(stem, terms[t], most), slips(word, terms[t], most));
        if (far <= most) near.push([t, far + (terms[t][0] === word[0] ? 0 : 0.5)]);
      }
      near.sort(function (a, b) { return a[1] - b[1]; });
      near.slice(0, 4).forEach(function (each) { if (each[1] <= near[0][1] + 0.5) found.push([each[0], Math.pow(MISTYPED, each[1])]); });
      if (!found.length && stem.length > 5) {
        for (var cut = stem.length - 1; cut >= 5 && !found.length; cut -= 1) {
          var begin = stem.slice(0, cut);
          for (var p = lowest(terms, begin); p < terms.length && terms[p].indexOf(begin) === 0 && found.length < 6; p += 1) found.push([p, 0.6]);
        }
      }
    }
    return found;
  };

  Engine.prototype.meanings = function (phrase) {
    var self = this;
    return (this.related.get(phrase) || []).map(function (pair) {
      var terms = self.words(pair[0]).filter(function (word) { return !self.stop.has(word); })
        .map(function (word) { return self.number.get(self.stem(word)); });
      return terms.length && terms.every(function (term) { return term !== undefined; }) ? { terms: terms, worth: pair[1] } : null;
    }).filter(Boolean);
  };

  /** How much a word tells: the rarity of what it stands for; a word nobody wrote tells most. */
  Engine.prototype.rarity = function (alternatives) {
    var self = this, best = alternatives.filter(function (each) { return each.terms.length === 1; });
    if (!best.length && !alternatives.length) return Math.log(1 + this.size);
    if (!best.length) best = alternatives;
    var top = Math.max.apply(null, best.map(function (each) { return each.worth; }));
    return Math.max.apply(null, best.filter(function (each) { return each.worth === top; })
      .map(function (each) { return Math.min.apply(null, each.terms.map(function (term) { return self.idf[term]; })); }));
  };

  /** Ranked entries for a question: {named, unsure, hits: [{entry, score}], marks}. options: typing, shelf. */
  Engine.prototype.search = async function (question, options) {
    options = options || {};
    var units = this.units(question, options.typing), idf = this.idf, terms = new Set(), marks = new Set(), self = this;
    units.forEach(function (unit) {
      unit.alternatives.forEach(function (found) { found.terms.forEach(function (term) { terms.add(term); }); });
    });
    terms.forEach(function (term) { marks.add(self.index.terms[term]); });
    var postings = await this.postings(terms);
    var named = await this.named(question);
    var total = units.reduce(function (sum, unit) { return sum + unit.weight; }, 0);
    var hits = this.tally(units, postings, total).filter(function (hit) {
      return self.index.kinds[hit.entry] !== "s" && (options.shelf === undefined || self.shelfOf(hit.entry) === options.shelf);
    });
    hits = foremost(hits).sort(byScore);
    var close = hits.slice(0, CANDIDATES), asked = this.asked(units), shelves = new Set();
    close.forEach(function (hit) { if (shelves.size < SHELVES) shelves.add(self.shelfOf(hit.entry)); });
    await Promise.all(close.map(async function (hit) {
      var here = shelves.has(self.shelfOf(hit.entry));
      hit.ask = here ? nearest(asked, (await self.entry(hit.entry)).asks, idf) : 0;
      hit.score += ASKED * total * hit.ask * hit.ask;
      if (self.index.kinds[hit.entry] === "l") hit.score *= LAW;
    }));
    close.sort(byScore);
    var best = close[0];
    // A long question always leaves words unmet, so it is asked for less.
    var words = units.filter(function (unit) { return !unit.extra; }).length;
    var far = !best || !total || (best.ask < (words > SHORT ? 0.5 : 1) * NEAR && best.score / total < WORTH);
    var rest = close.filter(function (hit) { return named.indexOf(hit.entry) < 0; });
    return {
      named: named.length > 0,
      unsure: far && !named.length,
      hits: named.map(function (entry) { return { entry: entry, score: Infinity, share: 1, ask: 1 }; }).concat(rest),
      marks: marks
    };
  };

  /** Add up what each entry is worth to the question: [{entry, score, share}]. share is how much of it was met. */
  Engine.prototype.tally = function (units, postings, total) {
    var size = this.size, idf = this.idf;
    var scores = new Float32Array(size), met = new Float32Array(size), best = new Float32Array(size), hits = [];
    units.forEach(function (unit) {
      best.fill(0);
      unit.alternatives.forEach(function (found) {
        if (found.terms.length === 1) {
          var rare = idf[found.terms[0]] * found.worth;
          each(postings.get(found.terms[0]), function (entry, worth) { if (worth * rare > best[entry]) best[entry] = worth * rare; });
          return;
        }
        var sums = new Map(), counts = new Map(), many = found.terms.length;
        found.terms.forEach(function (term) {
          each(postings.get(term), function (entry, worth) {
            sums.set(entry, (sums.get(entry) || 0) + worth * idf[term]);
            counts.set(entry, (counts.get(entry) || 0) + 1);
          });
        });
        sums.forEach(function (sum, entry) {
          var value = sum / Math.sqrt(many) * found.worth;
          if (counts.get(entry) === many && value > best[entry]) best[entry] = value;
        });
      });
      for (var i = 0; i < size; i += 1) {
        if (!best[i]) continue;
        scores[i] += unit.extra ? best[i] * 0.7 : best[i];
        met[i] += unit.weight * Math.min(1, best[i] / (unit.weight * 0.6 || 1));
      }
    });
    for (var i = 0; i < size; i += 1) {
      if (!scores[i]) continue;
      var share = total ? met[i] / total : 0;
      hits.push({ entry: i, score: scores[i] * (0.35 + 0.65 * share), share: share });
    }
    return hits;
  };

  /** Each term that meets a unit of the question: term → [unit, worth]. */
  Engine.prototype.asked = function (units) {
    var met = new Map(), weights = [];
    units.forEach(function (unit, u) {
      weights.push(unit.weight);
      unit.alternatives.forEach(function (each) {
        each.terms.forEach(function (term) {
          var worth = each.worth / (each.terms.length > 1 ? 1.5 : 1);
          if (!met.has(term) || met.get(term)[1] < worth) met.set(term, [u, worth]);
        });
      });
    });
    return { met: met, weights: weights, total: weights.reduce(function (sum, weight) { return sum + weight; }, 0) };
  };

  function anchor(label) { return "clause-" + label.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, ""); }

  function each(posting, visit) {
    for (var i = 0, entry = 0; i < posting.length; i += 2) { entry += posting[i]; visit(entry, posting[i + 1] / STEPS); }
  }

  /** Without the many that stand no chance: sorting thousands costs more than finding them. */
  function foremost(hits) {
    if (hits.length < 4 * CANDIDATES) return hits;
    var top = hits.reduce(function (most, hit) { return Math.max(most, hit.score); }, 0), share = 0.6, kept = [];
    while (kept.length < CANDIDATES && share > 0.05) {
      kept = hits.filter(function (hit) { return hit.score > top * share; });
      share /= 1.5;
    }
    return kept;
  }

  function byScore(a, b) { return b.score - a.score || a.entry - b.entry; }

  /** How near the nearest ask comes to the question, 0 to 1: shared rarity over what both hold. */
  function nearest(asked, asks, idf) {
    var best = 0;
    for (var a = 0; a < asks.length; a += 1) {
      var held = 0, got = new Map(), shared = 0;
      for (var t = 0; t < asks[a].length; t += 1) {
        var found = asked.met.get(asks[a][t]);
        held += idf[asks[a][t]];
        if (found && (got.get(found[0]) || 0) < found[1]) got.set(found[0], found[1]);
      }
      got.forEach(function (worth, unit) { shared += worth * asked.weights[unit]; });
      var near = held && asked.total ? shared / Math.sqrt(held * asked.total) : 0;
      if (near > best) best = near;
    }
    return Math.min(1, best);
  }

  function lowest(terms, word) {
    var low = 0, high = terms.length;
    while (low < high) { var middle = (low + high) >> 1; if (terms[middle] < word) low = middle + 1; else high = middle; }
    return low;
  }

  /** Slips of the finger between two words (one letter more, less, other, or two swapped), up to a bound. */
  function slips(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    var before, row = [], next = [];
    for (var j = 0; j <= b.length; j += 1) row[j] = j;
    for (var i = 1; i <= a.length; i += 1) {
      next = [i];
      var least = i;
      for (j = 1; j <= b.length; j += 1) {
        var cost = a[i - 1] === b[j - 1] ? 0 : 1;
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + cost);
        if (before && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
        if (next[j] < least) least = next[j];
      }
      if (least > most) return most + 1;
      before = row; row = next;
    }
    return row[b.length];
  }

  root.GuideSearch = Engine;
})(typeof self !== "undefined" ? self : globalThis);
