"""The figures of search: what counts as right, as a miss, as an alarm."""

from support.search_figures import Answer, Question, addresses, described, measure, read, table

GUIDE = {
    "policies": [
        {
            "appendices": [{"letter": "A", "url": "policies/lending/appendix-a/"}],
            "sections": [
                {
                    "number": "1",
                    "url": "policies/lending/1/",
                    "clauses": [{"id": "lending/1.1", "url": "policies/lending/1/#clause-1-1"}],
                }
            ],
        }
    ],
    "instruments": [{"id": "lending-act-1990", "url": "legislation/lending-act-1990/"}],
}
CLAUSE, LAW = "../policies/lending/1/#clause-1-1", "../legislation/lending-act-1990/"


def question(text: str, *gold: str, kind: str = "question") -> Question:
    return Question(text=text, gold=gold, kind=kind)


def test_what_answers():
    assert list(addresses(GUIDE, "1.1", "question")) == ["policies/lending/1/#clause-1-1"]
    assert list(addresses(GUIDE, "lending/1.1", "number")) == ["policies/lending/1/#clause-1-1", "policies/lending/1/"]
    assert list(addresses(GUIDE, "1", "question")) == ["policies/lending/1/"]
    assert list(addresses(GUIDE, "appendix-a", "question")) == ["policies/lending/appendix-a/"]
    assert list(addresses(GUIDE, "lending-act-1990", "question")) == ["legislation/lending-act-1990/"]
    assert list(addresses(GUIDE, "1.2", "question")) == []


def test_each_figure():
    answers = {
        "first": Answer(links=(CLAUSE, LAW), notice=None),
        "second": Answer(links=(LAW, CLAUSE), notice="unknown-word"),
        "nowhere": Answer(links=(), notice="no-answer"),
        "silent": Answer(links=(LAW,), notice="silence"),
        "not told": Answer(links=(LAW,), notice=None),
    }
    asked = [question(text, "1.1") for text in ("first", "second", "nowhere")]
    figures = measure(answers.__getitem__, GUIDE, [*asked, question("silent"), question("not told")])
    assert [outcome.place for outcome in figures.outcomes] == [0, 1, None, None, None]
    assert (figures.hit_at(1), figures.hit_at(3), figures.reciprocal) == (1 / 3, 2 / 3, 0.5)
    assert (figures.nothing, figures.alarms(), figures.alarms("no-answer")) == (1 / 3, 2 / 3, 1 / 3)
    assert (figures.told(), figures.told("silence"), figures.told("no-answer")) == (0.5, 0.5, 0)
    assert [miss.question.text for miss in figures.misses] == ["second", "nowhere", "not told"]


def test_an_address_that_only_ends_alike_is_not_right():
    near = Answer(
        links=("../policies/other-lending/1/#clause-1-1", "../other-legislation/lending-act-1990/"), notice=None
    )
    figures = measure(lambda _: near, GUIDE, [question("a", "1.1"), question("b", "lending-act-1990")])
    assert [outcome.place for outcome in figures.outcomes] == [None, None]


def test_a_miss_on_one_line_and_the_table():
    figures = measure(
        lambda _: Answer(links=(LAW,), notice="no-answer"), GUIDE, [question("who may borrow", "1.1", kind="short")]
    )
    assert described(figures.misses[0]) == (
        "short: “who may borrow” wants 1.1; got ../legislation/lending-act-1990/; told no-answer"
    )
    assert (
        "of 1 with an answer: found nothing 0.0%; wrongly told silence 0.0%, unknown-word 0.0%, no-answer 100.0%"
        in table(figures)
    )


def test_the_sets_of_the_project_name_clauses_that_there_are(real):
    from support.project import ROOT

    from macros.data import guide_json

    guide = guide_json.document(real.guide)
    for path in sorted((ROOT / "tests" / "search").glob("questions*.json")):
        questions = read(path)
        assert len({each.text for each in questions}) == len(questions), path.name
        for each in questions:
            for wanted in each.gold:
                assert list(addresses(guide, wanted, each.kind)), (path.name, each.text, wanted)
