/* The search engine: one index in, ranked entries out. No DOM, no network.
 * The index comes from macros/search/, whose index.schema.json describes it, and which tokenizes and weighs words in the same way. */
"use strict";
(() => {
  const WORD = /[a-z0-9]+(?:[-'.][a-z0-9]+)*/g;
  const NUMBER = /^\d+(?:\.\d+)+$/;
  const MAX_QUESTION = 300;   // characters of a question that are looked at
  const PREFIXES = 12;        // words that the last one typed may become
  const MAX_PHRASE = 4;       // words of a phrase that the thesaurus may know
  const CANDIDATES = 50;      // entries whose phrasings are looked at one by one
  const MAX_SHARDS = 8;       // policies whose phrasings are fetched for one question
  const SHORT = 4;            // words of a question that counts as short

  // What a way to meet a word weighs, beside the word itself.
  const SAME = 0.75;          // a word that means the same
  const BROADER = 0.5;        // a more general word
  const PREFIX = 0.7;         // a word that the last one typed may become
  const MISTYPED = 0.8;       // a word one slip away; two slips: its square
  const STEM_PREFIX = 0.6;    // a word that begins alike
  const PHRASE = 0.7;         // a phrase, beside its words

  const ORDINARY = 0.45;      // a word that says no subject and stands nowhere, beside one that says some

  // What an entry weighs.
  const PHRASING = 0.6;       // a phrasing that says just this, beside all its words; the same for several of them
  const GUESSED = 0.35;       // the same where nobody wrote phrasings: guesses, or sentences
  const SEVERAL = 5;          // phrasings that count
  const LAW = 0.5;            // a clause goes before a law that is as near
  const MATCHING = 0.5;       // a clause worth this share of the best hit goes before every law
  const UNASKED = 0.6;        // what may alarm and was not asked for
  const ASKED = 0.5;          // a phrasing as near as this in the very words typed asks for what may alarm
  const KNOWN = 0.62;         // a silence is what was asked about if a phrasing of it is as near as this,
  const SILENT = 1.6;         // and if it is worth so much more than the best hit,
  const EXACT = 0.86;         // or if a phrasing of it is as near as this,
  const CLEARLY = 0.04;       // and so much nearer than the best hit's
  const LISTED = 0.2;         // a hit worth this share of the best is listed
  const NEAR = 0.35;          // a clause with a phrasing as near as this is a match,
  const ENOUGH = 0.1;         // or one without phrasings worth this share of what the words could be

  // How much a topic of the phrasebook has to do with a question: BM25 over the words of its questions.
  const TOPIC = 0.25;         // a clause about the topic that is nearest, beside all words of the question
  const SATURATED = 1.2;      // how soon a word that comes often counts no more
  const BY_LENGTH = 0.5;      // how much many questions are held against a topic

  // What share of a question has to be words that stand nowhere, for that to be told.
  const STRANGE = 0.4;
  const SUBJECT = 0.2;        // where one of them says a subject of school life
  const NEARLY = 0.5;         // a clause without phrasings worth this share of the best hit may be the answer

  // How certain it is that the best hit answers: of its worth, of the length of the question, of how near that comes to a topic
  // which is here, and to any; fitted to questions with and without answer. LEAST is without and with phrasings of authors,
  // which make hits worth more.
  const CERTAIN = { worth: 4.8, length: 2.3, here: 2.5, topic: -5.5 };
  const LEAST = [0.8, 2.4];

  const LEAD_IN = /^(?:what(?:'|’)?s in|what is in|what does|show me|see|read|go to)\s+/;
  const UNIT = /^(?:clauses?|cl|sections?|sect?|s|§|paragraphs?|paras?|points?|parts?|rules?|number|no)\b\.?\s*/;
  const PRINTED_NUMBER = /^\d+(?:[\s.,-]+\d+)*(?:\s*\([a-z0-9]+\))*$/;
  const APPENDIX = /^(?:the\s+)?(?:appendix|annex)\s*([a-z])?\W*$/;
  const OF_LAW = new Set("law laws legal legally legislation act acts statute statutory regulation regulations guidance".split(" "));
  const NAMES = 8;            // words of a law's name that are looked for inside a question
  const KINDS = { c: "clause", l: "law", s: "page", a: "page" };
  const NOT_A_NAME = new Set("the what is whats about law a an of in under act request rule rules regs".split(" "));

  class GuideSearch {
    /** index: search/index; stem: a stemmer; load(name) → a promise of another file of the index. */
    constructor(index, stem, load) {
      this.index = index;
      this.stemmer = stem;
      this.load = load;
      this.files = new Map();
      this.ofShards = new Map(); // the places of the terms in the phrasings of each shard
      this.stop = new Set(index.stop);
      this.places = new Map(index.terms.map((term, place) => [term, place]));
      this.size = index.kinds.length;
      this.ordinary = new Set(index.ordinary);
      this.spelt = new Set(index.spelt);
      this.sensitive = new Set(index.sensitive);
      this.sensitiveWords = new Set(index.sensitive_words);
      this.idf = index.doc_freq.map((count) => Math.log(1 + (this.size - count + 0.5) / (count + 0.5)));
      this.related = relations(index);
      this.lawNames = new Set(Object.keys(index.names).flatMap((name) => {
        const bare = name.replace(/ \d{4}$/, "").replace(/ act$/, "");
        return bare.includes(" ") ? [name, bare] : [name];
      }));
    }

    tokenize(text) {
      const plain = text.slice(0, MAX_QUESTION).toLowerCase().replace(/’/g, "'").normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
      const tokens = [];
      for (const word of plain.match(WORD) || []) {
        if (NUMBER.test(word)) {
          tokens.push(word);
          continue;
        }
        const parts = word.replace(/'s$/, "").replace(/'/g, "").split(/[-.]/);
        tokens.push(parts.join(""));
        if (parts.length > 1) tokens.push(...parts.filter((part) => part.length > 2));
      }
      return tokens.filter(Boolean);
    }

    stem(word) {
      return /^\d/.test(word) ? word : this.stemmer(word);
    }

    /** Fetch a file of the index once; a failure may be tried again. */
    file(name) {
      if (!this.files.has(name)) {
        this.files.set(name, Promise.resolve(this.load(name)).catch((error) => {
          this.files.delete(name);
          throw error;
        }));
      }
      return this.files.get(name);
    }

    /** The postings of some terms, fetched where they are not here yet: a map of term → postings. */
    async postings(terms) {
      const postings = new Map();
      await Promise.all(Array.from(terms, async (term) => {
        const chunk = lastUpTo(this.index.chunks, term);
        const file = await this.file(`terms-${chunk}`);
        postings.set(term, numbers(file.postings.split(" ")[term - this.index.chunks[chunk]]));
      }));
      return postings;
    }

    shardOf(entry) {
      return lastUpTo(this.index.starts, entry);
    }

    /** An entry's own facts: {url, label, title, around, text, phrasings}. */
    async entry(entry) {
      const shard = this.shardOf(entry);
      const file = await this.file(`shard-${shard}`);
      const [label, title, text, phrasings, around, ownFragment, see, gist, ties] = file.entries[entry - this.index.starts[shard]];
      const kind = this.index.kinds[entry];
      if (!this.ofShards.has(shard)) this.ofShards.set(shard, numbers(file.terms));
      const places = this.ofShards.get(shard);
      const terms = (text) => numbers(text).map((place) => places[place]);
      const facts = { label, title, text, phrasings: phrasings ? phrasings.split(" ").map(terms) : [], kind, shard, see, gist, ties: ties === undefined ? null : numbers(ties) };
      if (around < 0) return { ...facts, around: "Law", url: ownFragment };
      const [name, page] = file.arounds[around];
      const fragment = ownFragment ?? (kind === "c" ? anchor(label) : "");
      return { ...facts, around: name, url: page + (fragment ? `#${fragment}` : "") };
    }

    /** Entries that carry a printed number or letter. */
    async labelled(label) {
      const term = this.places.get(`#${label}`);
      const entries = [];
      if (term !== undefined) this.visit((await this.postings([term])).get(term), (entry) => entries.push(entry));
      return entries;
    }

    /** Entries that a number or a law's own name names outright, in order; the best answer there can be. */
    async named(question) {
      const asked = question.slice(0, MAX_QUESTION).trim().toLowerCase().replace(LEAD_IN, "").replace(/\s+say\??$/, "");
      const numbered = await this.numbered(asked.replace(UNIT, "").replace(/[?.!\s]+$/, ""));
      if (numbered.length) return numbered;
      const appendix = asked.match(APPENDIX);
      if (appendix) {
        const listed = await this.labelled(`appendix ${appendix[1] || "a"}`);
        if (listed.length) return listed;
      }
      const words = this.tokenize(asked);
      const bare = words.filter((word) => !NOT_A_NAME.has(word)).join(" ");
      const form = [words.join(" "), words.join(" ").replace(/^the /, ""), bare, bare.replace(/ \d{4}$/, ""), bare.replace(/ \d\d$/, "")]
        .find((name) => Object.hasOwn(this.index.names, name));
      return form === undefined ? [] : [this.index.names[form]];
    }

    /** The entries with a number; a section's clauses come after it. */
    async numbered(number) {
      if (!PRINTED_NUMBER.test(number)) return [];
      const { kinds } = this.index;
      const entries = [];
      for (const entry of await this.labelled(number.replace(/\s*\(/g, "(").replace(/[\s.,-]+/g, "."))) {
        entries.push(entry);
        if (kinds[entry] === "s") for (let clause = entry + 1; kinds[clause] === "c"; clause += 1) entries.push(clause);
      }
      return entries;
    }

    /** The ways a question can be met: units of alternatives, each terms with a weight.
     * A word's unit also says how its word is known, and which terms are its own forms. */
    units(question, { typing, literal }) {
      const words = this.tokenize(question);
      let content = words.filter((word) => !this.stop.has(word));
      if (!content.length) content = words;
      const units = content.map((word, place) => {
        const { spellings, known } = this.spellings(word, typing && place === content.length - 1, literal);
        const alternatives = [...spellings.map(([term, weight]) => ({ terms: [term], weight })), ...this.meanings(word)];
        return { word, known, own: spellings, alternatives, weight: this.rarity(alternatives, known) };
      });
      for (let length = 2; length <= MAX_PHRASE; length += 1) {
        for (let start = 0; start + length <= words.length; start += 1) {
          const alternatives = this.meanings(words.slice(start, start + length).join(" "));
          if (alternatives.length) units.push({ alternatives, weight: 0, phrase: true });
        }
      }
      return units;
    }

    /** Terms a word stands for as typed, each with a weight: itself, what it may become, what it may be a slip of;
     * and how it is known: "typed", "meant" (the thesaurus has it), "ordinary", "slip", "alike" or "unknown". */
    spellings(word, last, literal) {
      const stem = this.stem(word);
      const exact = this.places.has(stem) ? [[this.places.get(stem), 1]] : [];
      const begun = last && word.length > 2
        ? this.prefixed(word, PREFIXES).filter((term) => this.index.terms[term] !== stem).map((term) => [term, PREFIX])
        : [];
      const known = (spellings, how) => ({ spellings, known: how });
      if (exact.length) return known([...exact, ...begun], "typed");
      if (this.meanings(word).length) return known(begun, "meant");
      if (this.ordinary.has(stem)) return known(begun, "ordinary");
      if (begun.length) return known(begun, "typed");
      if (/^\d/.test(word) || word.length < 3) return known([], "ordinary");
      if (literal || word.length === 3 || this.spelt.has(stem) || this.related.has(word)) return known([], "unknown");
      if (this.phrasebook.terms.has(stem)) return known([], "ordinary"); // not a slip, and nothing to be named either
      if (last && this.isBeginning(word)) return known([], "ordinary");
      const mistyped = this.mistyped(word, stem);
      if (mistyped.length) return known(mistyped, "slip");
      const alike = this.alike(stem);
      return known(alike, alike.length ? "alike" : "unknown");
    }

    /** At most so many terms that begin with a text, in alphabetical order. */
    prefixed(text, most) {
      const { terms } = this.index;
      const places = [];
      for (let place = firstFrom(terms, text); place < terms.length && places.length < most && terms[place].startsWith(text); place += 1) {
        places.push(place);
      }
      return places;
    }

    /** Whether a word may be the beginning of one that no clause has, so that there is nothing to correct yet. */
    isBeginning(word) {
      return [this.stop, this.ordinary, this.spelt].some((words) => [...words].some((other) => other.startsWith(word)));
    }

    /** Terms a slip or two away from a word, the nearest first; none that may alarm. */
    mistyped(word, stem) {
      const { terms, forms, doc_freq: counts } = this.index;
      this.letters ||= terms.map((term, place) => lettersOf(term) | lettersOf(forms[place]));
      const own = lettersOf(word);
      const near = [];
      terms.forEach((term, place) => {
        if (Math.abs(term.length - stem.length) > 2 || countOf(own & ~this.letters[place]) > 2) return; // two slips, two letters
        if (/^[\d#]/.test(term) || this.sensitiveWords.has(term)) return;
        const distance = Math.min(slips(stem, term, word.length), slips(word, forms[place] || term, word.length));
        if (distance < Infinity) near.push([place, distance + (term[0] === word[0] ? 0 : 0.5)]);
      });
      near.sort((one, other) => one[1] - other[1] || counts[other[0]] - counts[one[0]]);
      return near.slice(0, 4)
        .filter(([, distance]) => distance <= near[0][1] + 0.5)
        .map(([place, distance]) => [place, MISTYPED ** distance]);
    }

    /** Terms that begin as a stem does, as far as any do. */
    alike(stem) {
      for (let length = stem.length - 1; stem.length > 5 && length >= 5; length -= 1) {
        const places = this.prefixed(stem.slice(0, length), 6);
        if (places.length) return places.map((place) => [place, STEM_PREFIX]);
      }
      return [];
    }

    /** What the thesaurus knows for a word or phrase, as alternatives. */
    meanings(phrase) {
      const alternatives = [];
      for (const [other, weight] of this.related.get(phrase) || []) {
        const terms = this.tokenize(other).filter((word) => !this.stop.has(word)).map((word) => this.places.get(this.stem(word)));
        if (terms.length && !terms.includes(undefined)) alternatives.push({ terms, weight });
      }
      return alternatives;
    }

    /** How much a word tells: the rarity of what it stands for; a word nobody wrote tells most, an ordinary one little. */
    rarity(alternatives, known) {
      if (!alternatives.length) return Math.log(1 + this.size) * (known === "ordinary" ? ORDINARY : 1);
      const single = alternatives.filter(({ terms }) => terms.length === 1);
      const usable = single.length ? single : alternatives;
      const top = Math.max(...usable.map(({ weight }) => weight));
      return Math.max(...usable.filter(({ weight }) => weight === top)
        .map(({ terms }) => Math.min(...terms.map((term) => this.idf[term]))));
    }

    /** The answer to a question: {query, notice, corrected, hits, total, more}.
     * literal: as typed, without corrections; limit: the most hits; policy: the id of the only policy asked.
     *
     * notice is null or one of {kind: "silence", text, ask, clause}, {kind: "unknown-word", words} and {kind: "no-answer",
     * guessed}, guessed where nobody wrote phrasings for what comes near;
     * corrected is null or {from, to}: the words taken for slips, and what they were read as. A hit is {id, kind, number,
     * title, place, text, href, gist, marks, score}, its marks the stems of what was typed. */
    async answer(question, { literal = false, limit = 6, policy } = {}) {
      const query = question.slice(0, MAX_QUESTION);
      const shard = this.index.ids.indexOf(policy);
      const { named, notice, units, hits } = await this.search(query, { literal, typing: true, shard: shard < 0 ? undefined : shard });
      const marks = [...new Set(units.flatMap((unit) => unit.own || []).map(([term]) => this.index.terms[term]))];
      return {
        query: question,
        notice: named ? null : notice,
        corrected: named ? null : this.corrected(units),
        hits: await Promise.all(hits.slice(0, limit).map((hit) => this.hit(hit, marks))),
        total: hits.length,
        more: hits.length > limit
      };
    }

    /** A hit as the answer has it. */
    async hit({ entry, score }, marks) {
      const { kind, label, title, around, text, url, gist } = await this.entry(entry);
      return { id: url, kind: KINDS[kind], number: label, title, place: around, text, href: url, gist: gist ?? null, marks, score };
    }

    /** The words that were taken for slips, and what they were read as: {from, to}, or null. */
    corrected(units) {
      const slips = units.filter(({ known }) => known === "slip");
      if (!slips.length) return null;
      const { terms, forms } = this.index;
      return { from: slips.map(({ word }) => word).join(" "), to: slips.map(({ own: [[term]] }) => forms[term] || terms[term]).join(" ") };
    }

    /** Ranked entries for a question: {named, notice, units, hits: [{entry, score}]}. options: typing, literal, shard. */
    async search(question, { typing, literal, shard } = {}) {
      const topics = await this.topics();
      const units = this.units(question, { typing, literal });
      const terms = new Set(units.flatMap((unit) => unit.alternatives.flatMap((alternative) => alternative.terms)));
      const postings = await this.postings(terms);
      const named = await this.named(question);
      const total = units.reduce((sum, unit) => sum + unit.weight, 0);
      const hits = this.tally(units, postings, total).filter(({ entry }) =>
        this.index.kinds[entry] !== "s" && (shard === undefined || this.shardOf(entry) === shard));
      const candidates = foremost(hits).sort(byScore).slice(0, CANDIDATES);
      const near = topics.nearness(this.meant(units));
      await this.weighPhrasings(candidates, units, total, near);
      const silences = candidates.filter(({ entry }) => this.index.kinds[entry] === "q").sort(byScore);
      const ranked = this.ranked(candidates.filter((hit) => !silences.includes(hit)), question, units, total);
      const notice = await this.silence(silences[0], ranked[0]) || this.notice(ranked, units, total, near);
      // Beside what the guide does not say, a clause that was nearly asked for is as alarming as one that was not.
      const calm = notice && !this.asksForSensitive(question) ? foremostOf(ranked, ({ entry }) => !this.sensitive.has(entry)) : ranked;
      return {
        named: named.length > 0,
        notice,
        units,
        hits: [
          ...named.map((entry) => ({ entry, score: Infinity, phrasing: 1 })),
          ...calm.filter(({ entry }) => !named.includes(entry))
        ]
      };
    }

    /** Candidates in the order of their worth: what may alarm only where it was asked for, the law after the clauses. */
    ranked(candidates, question, units, total) {
      const { kinds } = this.index;
      const asked = this.asksForSensitive(question);
      const law = this.asksForLaw(question);
      const unasked = (hit) => !asked && this.sensitive.has(hit.entry) && !hit.asked;
      for (const hit of candidates) {
        if (unasked(hit)) hit.score *= UNASKED;
        if (kinds[hit.entry] === "l" && !law) hit.score *= LAW;
      }
      candidates.sort(byScore);
      const worth = candidates.length ? candidates[0].score : 0;
      let ordered = candidates.filter(({ score }) => score >= LISTED * worth);
      const clause = ordered.find(({ entry }) => kinds[entry] !== "l");
      if (clause && this.matches(clause, units, total) && !law) {
        const first = ({ entry, score }) => kinds[entry] !== "l" && score >= MATCHING * worth;
        ordered = [clause, ...ordered.filter((hit) => hit !== clause && first(hit)), ...ordered.filter((hit) => hit !== clause && !first(hit))];
      }
      return foremostOf(ordered, (hit) => !unasked(hit));
    }

    /** Whether a clause is near enough to a question to go before the law. */
    matches(clause, units, total) {
      if (!this.index.authored[this.shardOf(clause.entry)]) return clause.score >= ENOUGH * total;
      return clause.phrasing >= (isLong(units) ? 0.5 : 1) * NEAR;
    }

    /** Whether a question has a word or phrase that may alarm, or the beginning of one as its last word. */
    asksForSensitive(question) {
      const words = this.tokenize(question).filter((word) => !this.stop.has(word));
      const stems = words.map((word) => this.stem(word));
      for (let start = 0; start < stems.length; start += 1) {
        for (let end = start + 1; end <= stems.length && end <= start + MAX_PHRASE; end += 1) {
          if (this.sensitiveWords.has(stems.slice(start, end).join(" "))) return true;
        }
      }
      const last = words.length ? words[words.length - 1] : "";
      return last.length > 3 && this.index.sensitive_words.some((word) => word.startsWith(last) && word[last.length] !== " ");
    }

    /** Whether a question names a law, or asks what the law says. */
    asksForLaw(question) {
      const words = this.tokenize(question);
      if (words.some((word) => OF_LAW.has(word))) return true;
      return words.some((_, start) => words.slice(start, start + NAMES).some((__, length) =>
        this.lawNames.has(words.slice(start, start + length + 1).join(" "))));
    }

    /** The notice that a policy is known to say nothing on this, where that is nearer than the best hit; or null. */
    async silence(silence, best) {
      if (!silence || silence.phrasing < KNOWN) return null;
      const exact = silence.phrasing >= EXACT;
      if (best && (silence.phrasing < best.phrasing + (exact ? CLEARLY : 0) || (!exact && silence.score < best.score * SILENT))) return null;
      const { title, text, see } = await this.entry(silence.entry);
      return { kind: "silence", text: title, ask: text, clause: see ? { number: see[0], title: see[1], href: see[2] } : null };
    }

    /** What has to be said before the hits; null where they speak for themselves. */
    notice(hits, units, total, near) {
      const unknown = units.filter(({ known }) => known === "unknown");
      const share = unknown.reduce((sum, { weight }) => sum + weight, 0) / total;
      const subjects = unknown.filter(({ word }) => this.spelt.has(this.stem(word)));
      if (unknown.length && share >= (subjects.length ? SUBJECT : STRANGE)) {
        return { kind: "unknown-word", words: [...new Set(unknown.map(({ word }) => word))] };
      }
      if (!hits.length) return { kind: "no-answer", guessed: false };
      // Where the words themselves are a guess, or a single one asks nothing that could be unanswered, nothing is judged.
      if (units.some(({ known }) => known === "slip" || known === "alike") || units.filter(({ phrase }) => !phrase).length < 2) return null;
      const authored = this.isAuthored(hits);
      return this.certainty(hits, units, total, near, authored) < 0 ? { kind: "no-answer", guessed: !authored } : null;
    }

    /** Whether somebody wrote phrasings for whatever comes first, and no clause comes near for which nobody did. */
    isAuthored(hits) {
      const { authored, kinds } = this.index;
      const judged = ({ entry }) => kinds[entry] === "l" || authored[this.shardOf(entry)];
      if (kinds[hits[0].entry] === "l") return !authored.includes(0);
      return judged(hits[0]) && hits.every((hit) => judged(hit) || hit.score < NEARLY * hits[0].score);
    }

    /** How certain it is that the best hit answers a question; below 0 it is told that none does. */
    certainty(hits, units, total, near, authored) {
      const { worth, length, here, topic } = CERTAIN;
      const words = units.filter(({ phrase }) => !phrase).length;
      return worth * hits[0].score / total + length * Math.log(1 + words) + here * near.here + topic * near.best
        - LEAST[Number(authored)];
    }

    /** The stem of each word as it was perhaps meant. */
    meant(units) {
      return units.filter(({ phrase }) => !phrase).map(({ word, known, own }) => (
        known === "slip" || known === "alike" ? this.index.terms[own[0][0]] : this.stem(word)));
    }

    /** The topics of the phrasebook. */
    async topics() {
      const file = await this.file("topics");
      this.phrasebook ||= new Topics(file);
      return this.phrasebook;
    }

    /** Add to each candidate what its nearest phrasing is worth. */
    async weighPhrasings(candidates, units, total, topics) {
      const met = metTerms(units);
      const typed = units.map(({ known, own = [], weight }) => (
        { alternatives: (known === "typed" ? own : []).map(([term, each]) => ({ terms: [term], weight: each })), weight }));
      const shards = new Set();
      for (const { entry } of candidates) if (shards.size < MAX_SHARDS) shards.add(this.shardOf(entry));
      await Promise.all(candidates.map(async (hit) => {
        const facts = shards.has(this.shardOf(hit.entry)) ? await this.entry(hit.entry) : { phrasings: [], ties: [] };
        const near = nearnesses(met, units, total, facts.phrasings, this.idf);
        hit.phrasing = near[0] || 0;
        if (this.sensitive.has(hit.entry)) hit.asked = this.isAskedFor(facts, typed, total);
        const mean = near.reduce((sum, each) => sum + each * each, 0) / SEVERAL;
        const { ties } = facts;
        hit.score += (ties ? GUESSED : PHRASING) * total * (hit.phrasing * hit.phrasing + mean);
        if (ties) hit.score += TOPIC * total * topics.worth(ties, this.index.steps);
      }));
    }

    /** Whether the very words typed ask for an entry that may alarm: they come near a phrasing of its author, or the only one
     * stands in its own title or text. */
    isAskedFor({ title, text, phrasings, ties }, typed, total) {
      const terms = metTerms(typed);
      const words = typed.filter(({ weight }) => weight).length;
      if (words > 1) return !ties && nearest(terms, typed, total, phrasings, this.idf) >= (words > 4 ? 0.8 : 1) * ASKED;
      return this.tokenize(`${title} ${text}`).some((word) => terms.has(this.places.get(this.stem(word))));
    }

    /** Add up what each entry is worth to the question: [{entry, score}]. */
    tally(units, postings, total) {
      const scores = new Float32Array(this.size);
      const met = new Float32Array(this.size);
      const best = new Float32Array(this.size);
      for (const unit of units) {
        const raised = []; // few, where a guide is large
        for (const alternative of unit.alternatives) this.raise(best, alternative, postings, raised);
        for (const entry of raised) {
          scores[entry] += unit.phrase ? best[entry] * PHRASE : best[entry];
          met[entry] += unit.weight * Math.min(1, best[entry] / (unit.weight * 0.6 || 1));
          best[entry] = 0;
        }
      }
      const hits = [];
      for (let entry = 0; entry < this.size; entry += 1) {
        if (!scores[entry]) continue;
        const share = total ? met[entry] / total : 0; // how much of the question was met
        hits.push({ entry, score: scores[entry] * (0.35 + 0.65 * share) });
      }
      return hits;
    }

    /** Raise each entry's best to what an alternative is worth there; one of several terms only where all of them are.
     * raised: every entry whose best was 0, added to. */
    raise(best, { terms, weight }, postings, raised) {
      const raise = (entry, value) => {
        if (value <= best[entry]) return;
        if (!best[entry]) raised.push(entry);
        best[entry] = value;
      };
      const [first, ...others] = [...terms].sort((one, other) => this.index.doc_freq[one] - this.index.doc_freq[other]);
      if (!others.length) {
        this.visit(postings.get(first), (entry, impact) => raise(entry, impact * this.idf[first] * weight));
        return;
      }
      let sums = new Map();
      this.visit(postings.get(first), (entry, impact) => sums.set(entry, impact * this.idf[first]));
      for (const term of others) {
        const both = new Map();
        this.visit(postings.get(term), (entry, impact) => {
          if (sums.has(entry)) both.set(entry, sums.get(entry) + impact * this.idf[term]);
        });
        sums = both;
      }
      for (const [entry, sum] of sums) raise(entry, sum / Math.sqrt(terms.length) * weight);
    }

    /** Call back with each entry of a posting list and the impact there. */
    visit(posting, callback) {
      const { steps } = this.index;
      for (let place = 0, entry = 0; place < posting.length; place += 2) {
        entry += posting[place];
        callback(entry, posting[place + 1] / steps);
      }
    }
  }

  /** The topics of the phrasebook by the words of what people ask about each, and how near a question comes to them. */
  class Topics {
    constructor(file) {
      this.here = numbers(file.here);
      const { terms } = file;
      const counts = file.counts.split(" ").map(numbers);
      const lengths = [];
      for (const pairs of counts) for (let at = 0; at < pairs.length; at += 2) lengths[pairs[at]] = (lengths[pairs[at]] || 0) + pairs[at + 1];
      this.size = lengths.length;
      const usual = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, this.size);
      const held = lengths.map((length) => SATURATED * (1 - BY_LENGTH + BY_LENGTH * length / usual));
      this.terms = new Map(terms.map((term, place) => {
        const holders = counts[place].length / 2;
        const rarity = Math.log(1 + (this.size - holders + 0.5) / (holders + 0.5));
        const worths = counts[place].map((count, at, pairs) => (at % 2 ? rarity * count * (1 + SATURATED) / (count + held[pairs[at - 1]]) : count));
        return [term, { rarity, worths }];
      }));
    }

    /** How near some stems come to topics: to the nearest of all, to the nearest that is here, and what that makes a clause
     * worth whose ties are given, from 0 to 1. */
    nearness(stems) {
      const sums = new Float64Array(this.size);
      let total = 0;
      for (const stem of new Set(stems)) {
        const { rarity, worths } = this.terms.get(stem) || { rarity: Math.log(1 + this.size), worths: [] };
        total += rarity;
        for (let at = 0; at < worths.length; at += 2) sums[worths[at]] += worths[at + 1];
      }
      const most = sums.reduce((one, other) => Math.max(one, other), 0);
      const here = this.here.reduce((one, topic) => Math.max(one, sums[topic]), 0);
      const worth = (ties, steps) => {
        let best = 0;
        for (let at = 0; at < ties.length; at += 2) {
          const sum = sums[ties[at]];
          if (sum) best = Math.max(best, sum / most * Math.min(1, sum / total) * ties[at + 1] / steps);
        }
        return best;
      };
      return { best: total ? most / total : 0, here: total ? here / total : 0, worth };
    }
  }

  const DIGITS = 46;

  /** Numbers from text, as macros/search/files.py writes them: the first half of the digits goes on, the second ends. */
  function numbers(text) {
    const list = [];
    for (let place = 0, number = 0; place < text.length; place += 1) {
      const code = text.charCodeAt(place);
      const digit = code - 33 - (code > 34) - (code > 92); // there are no quotation marks and backslashes
      number = number * DIGITS + digit % DIGITS;
      if (digit < DIGITS) continue;
      list.push(number);
      number = 0;
    }
    return list;
  }

  /** The thesaurus: word or phrase → [[another, weight]]. */
  function relations(index) {
    const related = new Map();
    const add = (word, other, weight) => {
      if (word === other) return;
      if (!related.has(word)) related.set(word, []);
      related.get(word).push([other, weight]);
    };
    for (const group of index.same) for (const word of group) for (const other of group) add(word, other, SAME);
    for (const [word, others] of Object.entries(index.means)) for (const other of others) add(word, other, BROADER);
    return related;
  }

  /** Each term that meets a unit of the question: term → [unit, weight]. */
  function metTerms(units) {
    const met = new Map();
    units.forEach((unit, place) => {
      for (const { terms, weight } of unit.alternatives) {
        const each = weight / (terms.length > 1 ? 1.5 : 1);
        for (const term of terms) if (!met.has(term) || met.get(term)[1] < each) met.set(term, [place, each]);
      }
    });
    return met;
  }

  /** How near phrasings come to a question, 0 to 1, the few nearest in order: shared rarity over what both hold. */
  function nearnesses(met, units, total, phrasings, idf) {
    const near = [];
    for (const terms of phrasings) {
      let rarity = 0;
      let shared = 0;
      const weights = new Map();
      for (const term of terms) {
        rarity += idf[term];
        const match = met.get(term);
        if (match && (weights.get(match[0]) || 0) < match[1]) weights.set(match[0], match[1]);
      }
      for (const [unit, weight] of weights) shared += weight * units[unit].weight;
      if (shared && rarity && total) near.push(Math.min(1, shared / Math.sqrt(rarity * total)));
    }
    return near.sort((one, other) => other - one).slice(0, SEVERAL);
  }

  function nearest(...asked) {
    return nearnesses(...asked)[0] || 0;
  }

  function isLong(units) {
    return units.filter((unit) => !unit.phrase).length > SHORT;
  }

  /** Without the many that stand no chance: sorting thousands costs more than finding them. */
  function foremost(hits) {
    if (hits.length < 4 * CANDIDATES) return hits;
    const top = hits.reduce((most, hit) => Math.max(most, hit.score), 0);
    let best = [];
    for (let share = 0.6; best.length < CANDIDATES && share > 0.05; share /= 1.5) {
      best = hits.filter((hit) => hit.score > top * share);
    }
    return best;
  }

  /** Hits with the first one that passes a test before all others; none where none does. */
  function foremostOf(hits, passes) {
    const place = hits.findIndex(passes);
    return place < 0 ? [] : [hits[place], ...hits.slice(0, place), ...hits.slice(place + 1)];
  }

  function byScore(one, other) {
    return other.score - one.score || one.entry - other.entry;
  }

  /** The fragment of a clause's address, by its number. */
  function anchor(label) {
    return `clause-${label.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")}`;
  }

  /** The place of the first of some ordered words that does not come before a word. */
  function firstFrom(words, word) {
    let low = 0;
    let high = words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (words[middle] < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The place of the last of some ascending numbers that is not above a number; the first starts at 0. */
  function lastUpTo(numbers, number) {
    let low = 0;
    let high = numbers.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (numbers[middle] <= number) low = middle;
      else high = middle;
    }
    return low;
  }

  /** The letters of a word as the bits of a number, and how many bits a number has. */
  function lettersOf(word) {
    let letters = 0;
    for (let place = 0; place < word.length; place += 1) letters |= 1 << (word.charCodeAt(place) & 31);
    return letters;
  }

  function countOf(bits) {
    let count = 0;
    for (let rest = bits; rest; rest &= rest - 1) count += 1;
    return count;
  }

  /** How many slips lie between a word and what it was perhaps meant to be; Infinity for more than anybody makes.
   * A short word keeps its first letter, and has a letter too few, one twice or two in each other's place; one of four letters
   * has two in each other's place, for with a letter more or less most of those are words. A longer one may
   * have any one slip, or lack two letters; one of more than seven letters may have any two. length is that of the word as
   * typed, where this is its stem. */
  function slips(word, meant, length) {
    const short = length < 6;
    if (short && word[0] !== meant[0]) return Infinity;
    const distance = editDistance(word, meant, short ? 1 : 2);
    if (distance > (length > 7 ? 2 : 1)) return distance === 2 && length > 5 && lacks(word, meant, 2) ? 2 : Infinity;
    if (!short || !distance) return distance;
    if (word.length === meant.length && [...word].sort().join() === [...meant].sort().join()) return distance;
    return length > 4 && (lacks(word, meant, 1) || (lacks(meant, word, 1) && /(.)\1/.test(word))) ? distance : Infinity;
  }

  /** Whether a word is another without so many of its letters. */
  function lacks(word, other, count) {
    let place = 0;
    for (const letter of other) if (letter === word[place]) place += 1;
    return other.length === word.length + count && place === word.length;
  }

  /** Slips of the finger between two words (one letter more, less, other, or two swapped), up to a bound. */
  function editDistance(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let previous;
    let row = Array.from({ length: other.length + 1 }, (_, column) => column);
    for (let i = 1; i <= one.length; i += 1) {
      const next = [i];
      let least = i;
      for (let j = 1; j <= other.length; j += 1) {
        const cost = one[i - 1] === other[j - 1] ? 0 : 1;
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + cost);
        if (previous && i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          next[j] = Math.min(next[j], previous[j - 2] + 1);
        }
        if (next[j] < least) least = next[j];
      }
      if (least > most) return most + 1;
      previous = row;
      row = next;
    }
    return row[other.length];
  }

  self.GuideSearch = GuideSearch;
})();
