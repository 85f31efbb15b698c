"""The search engine in a page of its own, without worker, box or server."""

import json
from collections.abc import Callable

from support.project import ROOT
from support.search_figures import Answer

from macros.formats.build_cache import BuildCache
from macros.project import Project
from macros.search.files import serialise
from macros.search.guesses import TopicChoices, guide_guesses
from macros.search.index import build_index
from macros.search.school_words import together

SCRIPTS = ROOT / "overrides/assets/javascripts/search"
START = """files => {
  const stemmer = new EnglishStemmer();
  self.engine = new GuideSearch(files.index, (word) => stemmer.stemWord(word), async (name) => files[name]);
}"""


def index_files(project: Project, guide=None) -> dict:
    """The files of the index of a project, or of another guide with the project's phrasings."""
    phrasings = project.phrasings
    by_owner = phrasings.by_owner()
    guide = guide or project.guide
    guesses = guide_guesses(guide, by_owner.keys(), TopicChoices(), BuildCache())
    index = build_index(guide, by_owner, together(phrasings.same, phrasings.means), guesses)
    return {name: json.loads(text) for name, text in serialise(index)}


class Engine:
    """The engine with an index, in a page."""

    def __init__(self, browser, files: dict) -> None:
        self.page = browser.new_page()
        for name in ("snowball/base-stemmer", "snowball/english-stemmer", "engine"):
            self.page.add_script_tag(path=SCRIPTS / f"{name}.js")
        self.page.evaluate(START, files)

    def answer(self, question: str, **options: object) -> dict:
        return self.page.evaluate("([question, options]) => engine.answer(question, options)", [question, options])

    @property
    def ask(self) -> Callable[[str], Answer]:
        """What the engine says to a question, as the figures of a search count it."""

        def ask(question: str) -> Answer:
            answer = self.answer(question, limit=12)
            notice = answer["notice"] and answer["notice"]["kind"]
            return Answer(links=tuple(hit["href"] for hit in answer["hits"]), notice=notice)

        return ask
