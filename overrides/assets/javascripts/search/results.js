/* What the search box shows: an answer of the worker, or what it has before a question is typed, as elements of the page.
 * Nothing that was typed or fetched is ever read as HTML. */
"use strict";
(() => {
  /** An element with a class and what it holds. */
  function element(name, className, ...content) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  }

  function button(className, text, act) {
    const made = element("button", className, text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  function link(href, ...content) {
    const made = element("a", "", ...content);
    made.href = href;
    return made;
  }

  /** A reader's own words, which may run from right to left. */
  const quoted = (text) => element("bdi", "search-quoted", text);

  /** Pieces of text, every other one marked. */
  const marked = (pieces) => pieces.filter(Boolean).length
    ? pieces.map((piece, place) => (place % 2 ? element("mark", "", piece) : piece))
    : [];

  const words = (pieces) => pieces.join("");
  const named = ({ number, title }) => `${number ? `${number} ` : ""}${words(title)}`;

  /** What stays as it is when a browser translates the page. */
  function untranslated(made) {
    made.translate = false;
    return made;
  }

  /** One link a hit, which is named by its title and place, and described by its text. */
  function hit(found, place) {
    const id = `search-hit-${place}`;
    const title = element("span", "hit-title", found.number ? untranslated(element("span", "hit-number", `${found.number} `)) : "", ...marked(found.title));
    const around = element("span", "hit-place", found.place);
    const gist = words(found.gist) ? element("span", "hit-gist", "In short: ", ...marked(found.gist)) : "";
    const text = element("span", "hit-text", ...marked(found.text));
    const option = link(found.href, title, around, gist, text);
    option.className = `hit hit-${found.kind}`;
    option.id = id;
    option.dataset.searchHit = "";
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    if (found.kind === "law") untranslated(title);
    title.id = `${id}-title`;
    around.id = `${id}-place`;
    text.id = `${id}-text`;
    if (gist) gist.id = `${id}-gist`;
    option.setAttribute("aria-labelledby", `${title.id} ${around.id}`);
    option.setAttribute("aria-describedby", gist ? `${gist.id} ${text.id}` : text.id);
    return option;
  }

  /** Hits under a heading that is seen; a screen reader has it as the group's name. */
  function group(label, className, hits) {
    const heading = element("span", "search-label", label);
    heading.setAttribute("aria-hidden", "true");
    const made = element("div", className, heading, ...hits);
    made.setAttribute("role", "group");
    made.setAttribute("aria-label", label);
    return made;
  }

  /** The answer's hits in one or two groups. */
  function groups(answer) {
    const hits = answer.hits.map(hit);
    if (!hits.length) return [];
    if (!answer.hits[0].best) return [group("The nearest", "hits", hits)];
    const rest = hits.slice(1);
    return [group("Best answer", "hits hits-best", hits.slice(0, 1)), ...(rest.length ? [group("Other results", "hits", rest)] : [])];
  }

  /** What is said of a question before any result: a message, and what follows it. */
  function notice(kind, message, ...content) {
    const made = element("p", `search-notice search-notice-${kind}`, element("strong", "", ...message), ...content);
    made.dataset.searchNotice = kind;
    return made;
  }

  const mention = (list) => list.flatMap((word, place) => [place ? (place === list.length - 1 ? " or " : ", ") : "", quoted(word)]);

  const clauseName = ({ number, title }) => `${number ? `${number} ` : ""}${title}`;

  /** What a silence is about, and who to ask. */
  const silent = ({ text, ask }) => (ask ? `${text}: ask ${ask}.` : `${text}.`);

  const OTHER_LETTERS = /[^\P{L}a-zA-Z]/u;
  const OTHER_WORDS = new Set(("alla bin como cum czy dans darf fy gallu haben ich jak jest kann kiedy mogę mogu nicht nie oder para pentru peut pot posso puedo "
    + "puis quoi sie sind sut und uma una vous wie ydy ydw").split(" "));

  /** Whether a question seems to be in another language: two of its words are, or a letter that English has not. */
  const foreign = (question) => OTHER_LETTERS.test(question)
    || question.toLowerCase().split(/[^\p{L}]+/u).filter((word) => OTHER_WORDS.has(word)).length > 1;

  /** An answer's notice: a silence of the policy, a word that stands nowhere, or that nothing answers. */
  function verdict({ notice: found, hits, query }, help) {
    const nearest = hits.length ? " The nearest are below. " : " ";
    const advice = foreign(query)
      ? element("span", "", "Search is in English. ", link(`${help}#languages`, "Read the guide in another language"))
      : link(`${help}#not-found`, "Who to ask, and other ways to find it");
    if (found.kind === "silence") {
      const { clause } = found;
      const near = clause ? [" The nearest is ", link(clause.href, clauseName(clause)), "."] : [];
      return notice("silence", ["The policy does not say."], ` ${silent(found)}`, ...near);
    }
    if (found.kind === "unknown-word") return notice("unknown-word", ["Nothing here mentions ", ...mention(found.words), "."], nearest, advice);
    return notice("no-answer", [found.guessed ? "Perhaps no clause answers this." : "No clause answers this directly."], nearest, advice);
  }

  function notices(answer, help, literally) {
    const said = [];
    if (answer.corrected) {
      const { from, to } = answer.corrected;
      const instead = button("search-link", "", literally);
      instead.append("Search for ", quoted(from), " instead");
      const made = element("p", "search-notice search-notice-correction", "Showing results for ", element("strong", "", quoted(to)), ". ", instead);
      made.dataset.searchNotice = "correction";
      said.push(made);
    }
    if (answer.notice) said.push(verdict(answer, help));
    else if (!answer.hits.length) said.push(notice("no-answer", ["Nothing found."], " ", link(`${help}#not-found`, "Who to ask, and other ways to find it")));
    return said;
  }

  /** What stands below the hits: more of them, and where to write what was not among them. */
  function after(answer, more) {
    const rest = [];
    if (answer.more) rest.push(button("search-more", "More results", more));
    if (answer.feedback) {
      const body = `I searched the policy guide for “${answer.query.slice(0, 200)}” and did not find it.`;
      const mail = `mailto:${answer.feedback}?subject=${encodeURIComponent("Policy guide: not found")}&body=${encodeURIComponent(body)}`;
      rest.push(element("p", "search-feedback", "Not what you were looking for? ", link(mail, "Tell us what you searched for")));
    }
    return rest;
  }

  /** An answer in words, for those who hear it. */
  function spoken({ notice: found, corrected, hits, total }) {
    const said = corrected ? [`Showing results for ${corrected.to}.`] : [];
    if (found?.kind === "silence") said.push(`The policy does not say. ${silent(found)}`);
    else if (found?.kind === "unknown-word") said.push(`Nothing here mentions ${found.words.join(" or ")}.`);
    else if (found) said.push(found.guessed ? "Perhaps no clause answers this." : "No clause answers this.");
    if (!hits.length) return said.join(" ") || "Nothing found.";
    said.push(found ? `Nearest: ${named(hits[0])}.` : `${total} ${total === 1 ? "result" : "results"}. Best: ${named(hits[0])}.`);
    return said.join(" ");
  }

  function list(label, items) {
    const heading = element("p", "search-label", label);
    heading.id = `search-${label.split(" ")[0].toLowerCase()}`;
    const made = element("ul", "search-list", ...items.map((item) => element("li", "", item)));
    made.setAttribute("aria-labelledby", heading.id);
    return [heading, made];
  }

  /** Before a question is typed: the last searches, and the questions of the home page. */
  function start(searches, questions, search, forget) {
    const shown = [];
    if (searches.length) {
      shown.push(...list("Your last searches", searches.map((text) => {
        const again = button("search-again", "", () => search(text));
        again.append(quoted(text));
        return again;
      })), button("search-link search-forget", "Forget these searches", forget));
    }
    if (questions.length) shown.push(...list("Questions staff ask", questions.map(([text, href]) => link(href, text))));
    return shown;
  }

  const waiting = () => element("p", "search-notice search-notice-waiting", "Searching…");

  window.guideResults = { groups, notices, after, spoken, start, waiting };
})();
