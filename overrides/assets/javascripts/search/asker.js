/* What the search box does with a question: asks the worker, shows the answer, and is worked by keyboard.
 * It is a combobox with a list: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
"use strict";
window.guideAsker = ({ box, input, scripts, help, inPage, isOnly, policy, keep, leave, showFailure }) => {
  const FEW = 6;         // hits at first
  const MORE = 24;       // that “More results” adds
  const SPEAK = 700;     // milliseconds without typing, after which an answer is said aloud
  const GIVE_UP = 15000; // milliseconds after which nobody goes on waiting
  const PATIENCE = 500;  // milliseconds after which the box says that it is searching
  const SHORTEST = 3;    // characters of a question that is remembered
  const LONGEST = 200;
  const STEPS = { ArrowDown: 1, ArrowUp: -1 };

  const view = window.guideResults;
  const hits = box.querySelector("[role=listbox]");
  const notices = box.querySelector(".search-notices");
  const after = box.querySelector(".search-after");
  const pane = box.querySelector(".search-answer");
  const status = box.querySelector("[role=status]");
  const only = box.querySelector(".search-only");
  const clear = box.querySelector(".search-clear");
  const store = `guide.searches:${new URL("../../../", scripts).pathname}`;

  let worker = null;
  let lastId = 0;
  let asked = null;     // the question whose answer is on its way
  let waiting = null;   // the newest question, typed meanwhile
  let entered = false;  // Enter was pressed before the answer came
  let shown = null;     // the question and the answer that are on show
  let questions = [];   // of the home page
  let patience = 0;
  let giveUp = 0;
  let speaking = 0;

  const options = () => [...hits.querySelectorAll("[role=option]")];
  const active = () => hits.querySelector("[aria-selected=true]");

  // Asking

  /** Start the worker where none runs; it fetches what it needs by itself. */
  function wake() {
    if (worker) return;
    worker = new Worker(`${scripts}worker.js`);
    worker.onmessage = ({ data }) => receive(data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      fail();
    };
    worker.postMessage({ id: 0, start: true });
  }

  /** Ask what is in the box. One question is under way at a time, and then the newest. place: a hit to go to. */
  function ask({ literal = false, limit = FEW, place = -1 } = {}) {
    const query = input.value;
    clear.hidden = !query;
    entered = false;
    waiting = query.trim() ? { query, literal, limit, place, policy: isOnly() ? policy() : "" } : null;
    if (!waiting) showStart();
    else if (!asked) send();
  }

  function send() {
    lastId += 1;
    asked = { ...waiting, id: lastId };
    waiting = null;
    stopWaiting();
    patience = setTimeout(showWaiting, PATIENCE);
    giveUp = setTimeout(fail, GIVE_UP);
    try {
      wake();
      worker.postMessage(asked);
    } catch {
      fail();
    }
  }

  function receive({ id, start, answer, failed }) {
    if (start) {
      questions = start;
      if (!input.value.trim()) showStart();
    } else if (asked && id === asked.id) {
      settle((question) => (failed ? showNothing(question) : showAnswer(question, answer)));
    }
  }

  /** The worker does not answer: say so, and begin with a new one at the next question. */
  function fail() {
    worker?.terminate();
    worker = null;
    if (asked) settle(showNothing);
  }

  function stopWaiting() {
    clearTimeout(patience);
    clearTimeout(giveUp);
  }

  function settle(showIt) {
    stopWaiting();
    const question = asked;
    asked = null;
    if (waiting) send();
    else if (input.value.trim()) showIt(question);
  }

  // Showing

  function show(said, found, rest) {
    notices.replaceChildren(...said);
    hits.replaceChildren(...found);
    after.replaceChildren(...rest);
    hits.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    activate(null);
  }

  function showStart() {
    shown = null;
    delete box.dataset.answered;
    // The home page has its questions below, and moves nothing before the reader comes to the box.
    const searches = !inPage() || box.contains(document.activeElement) ? remembered() : [];
    show([], [], view.start(searches, inPage() ? [] : questions, search, forget));
    speak("");
  }

  function showAnswer(question, answer) {
    shown = { question, answer };
    show(
      view.notices(answer, help, () => again({ literal: true })),
      view.groups(answer),
      view.after(answer, () => again({ ...question, limit: answer.hits.length + MORE, place: answer.hits.length }))
    );
    box.dataset.answered = question.query;
    speak(view.spoken(answer));
    pane.scrollTop = 0;
    const option = options()[question.place];
    if (option) activate(option);
    if (entered) options()[0]?.click();
    entered = false;
  }

  /** The first answer waits for the index, which takes its time on a slow line. */
  function showWaiting() {
    if (shown) return;
    show([view.waiting()], [], []);
    speak("Searching…");
  }

  function showNothing(question) {
    shown = null;
    show([], [], []);
    box.dataset.answered = question.query;
    showFailure();
  }

  /** Say it once the typing rests, so that not every letter is announced. */
  function speak(text) {
    clearTimeout(speaking);
    speaking = setTimeout(() => {
      if (status.textContent !== text) status.textContent = text;
    }, text ? SPEAK : 0);
  }

  function again(how = {}) {
    ask(how);
    input.focus();
  }

  function search(text) {
    input.value = text;
    again();
  }

  /** Make a hit the one that Enter opens. */
  function activate(option) {
    active()?.setAttribute("aria-selected", "false");
    if (!option) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  // The last searches stay on the device; where nothing can be kept, there are none

  function remembered() {
    try {
      const kept = JSON.parse(localStorage.getItem(store));
      return kept.filter((text) => typeof text === "string" && text.trim()).slice(0, 3);
    } catch {
      return [];
    }
  }

  function remember() {
    const query = shown ? shown.question.query.trim() : "";
    if (query.length < SHORTEST || query.length > LONGEST) return;
    const others = remembered().filter((text) => text.toLowerCase() !== query.toLowerCase());
    try {
      localStorage.setItem(store, JSON.stringify([query, ...others].slice(0, 3)));
    } catch { /* as above */ }
  }

  function forget() {
    try {
      localStorage.removeItem(store);
    } catch { /* as above */ }
    again();
    speak("Your last searches are forgotten.");
  }

  /** The words that a hit marks, for the page that it leads to. */
  function leaveWords(option) {
    const words = [...new Set([...option.querySelectorAll("mark")].map((word) => word.textContent.toLowerCase()))];
    try {
      sessionStorage.setItem("guide.asked", JSON.stringify({ href: option.href, words }));
    } catch { /* as above */ }
  }

  // By hand

  function enter() {
    if (asked || waiting) entered = true;
    else (active() || options()[0])?.click();
  }

  function empty() {
    input.value = "";
    ask();
  }

  input.addEventListener("input", () => ask());
  input.addEventListener("focus", () => {
    if (!input.value.trim()) showStart();
  });
  clear.addEventListener("click", () => search(""));
  only.addEventListener("click", () => {
    only.setAttribute("aria-pressed", String(!isOnly()));
    again();
  });

  hits.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    remember();
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // a tab or a window of its own
    const { query, literal, limit } = shown.question;
    keep({ query, literal, limit, place: options().indexOf(option), only: isOnly() });
    leaveWords(option);
    leave();
  });
  after.addEventListener("click", (event) => {
    if (event.target.closest(".search-list a")) leave();
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = options();
    if (event.key in STEPS && all.length) {
      const place = all.indexOf(active());
      const next = place < 0 && event.key === "ArrowUp" ? -1 : place + STEPS[event.key];
      activate(all[(next + all.length) % all.length]);
      event.preventDefault();
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      activate(null); // back in the text
    } else if (event.key === "Escape" && inPage()) {
      empty();
    }
  });

  try {
    wake();
  } catch { /* the first question will say so */ }

  return { ask, enter, empty, remember };
};
