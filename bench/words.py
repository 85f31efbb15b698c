"""The words of a generated library: sentences about a school's ordinary business, all ours, of no real school."""

from __future__ import annotations

import random
import re

TOPICS = (
    "visits", "lending", "keys", "attendance", "uniform", "lockers", "catering", "allergies", "first aid", "medicines",
    "fire safety", "lettings", "minibuses", "swimming", "instruments", "laptops", "passwords", "photographs", "visitors",
    "volunteers", "contractors", "cleaning", "recycling", "energy", "budgets", "purchasing", "petty cash", "gifts",
    "complaints", "admissions", "transition", "homework", "assessment", "marking", "reading", "clubs", "breakfasts",
    "playtime", "bicycles", "parking", "deliveries", "records", "newsletters", "noticeboards", "lost property",
)  # fmt: skip
SCOPES = (
    "", " for the lower school", " for the upper school", " for supply staff", " for volunteers", " out of hours",
    " off the site", " in the holidays", " for new staff", " for governors", " in shared buildings", " at lunchtime",
    " before school", " after school", " for support staff", " in bad weather", " for small groups", " at events",
    " for trainees", " in the sixth form",
)  # fmt: skip
THINGS = (
    "form", "register", "list", "key", "badge", "receipt", "request", "report", "notice", "record", "timetable",
    "permission", "risk assessment", "order", "invoice", "plan", "checklist", "label", "log", "note", "rota", "reply",
    "review", "handbook", "contract", "password", "contact sheet", "map", "inventory", "folder",
)  # fmt: skip
WHO = (
    "the school office", "the headteacher", "a line manager", "the site team", "the governing body", "the class teacher",
    "a member of staff", "the business manager", "the person on duty", "the head of year", "the deputy headteacher",
    "the clerk to the governors",
)  # fmt: skip
WHEN = (
    "before the end of the day", "within two working days", "at the start of term", "as soon as it is noticed",
    "before anybody leaves", "every half term", "in the first week", "by Friday lunchtime", "at least a week ahead",
    "once a year", "on the same morning", "before money is spent",
)  # fmt: skip
WHERE = (
    "in the office", "at reception", "in the locked cupboard", "on the shared drive", "in the staff room", "at the gate",
    "in the main hall", "beside the telephone", "in the red folder", "in the plant room",
)  # fmt: skip
WHY = (
    "so that nothing is done twice", "because a parent may ask", "so that the next person can go on from there",
    "because memory is not a record", "so that a mistake comes to light early", "because an inspector may want to see it",
    "so that nobody is left waiting", "because the insurer asks for it", "so that cover staff can find it",
    "because costs add up unseen",
)  # fmt: skip
HOW = ("plain", "short", "signed", "dated", "complete", "legible", "separate", "sealed", "numbered", "shared")
SENTENCES = (
    "{Who} keeps the {thing} {where}, {why}.",
    "Anyone who needs a {thing} for {topic} asks {who} {when}.",
    "Staff should check the {thing} {when} and tell {who} if anything is missing.",
    "A {how} {thing} is enough; a long one is seldom read.",
    "If the {thing} is late, {who} decides what happens next and writes it down.",
    "Nobody should sign a {thing} for somebody else, {why}.",
    "{Who} looks at every {thing} {when}.",
    "Where {topic} involves pupils, two adults should know where the {thing} is.",
    "The {thing} stays {where} for {count} months and is then destroyed.",
    "Staff should not take the {thing} home, even for one night.",
    "When a {thing} and a {other} say different things, the newer one counts until {who} has looked at both.",
    "{Who} may agree to another way of doing it, and must say so in writing {when}.",
    "Costs above {count} pounds need the agreement of {who} beforehand.",
    "Supply staff are shown the {thing} when they arrive, {why}.",
    "Parents may ask to see the {thing}, and {who} answers {when}.",
    "A copy of the {thing} goes to {who}, {why}.",
    "This applies to {topic} on the site and off it.",
    "Doubts about {topic} go to {who} first, and never to a pupil.",
    "Staff should hand in the {thing} {where}, not leave it on a desk.",
    "The school counts every {thing} {when} and compares the number with the {other}.",
    "New staff learn about {topic} from {who} {when}.",
    "Old copies of the {thing} should be crossed through, {why}.",
)
ITEMS = (
    "the {thing}, {how} and up to date",
    "what {who} was told {when}",
    "a {how} {thing} for each group",
    "anything about {topic} that did not go to plan",
    "the name of the {other} that it replaces",
    "who has the {thing} now, and where",
    "the date on which {who} agreed",
)
TITLES = (
    "Keeping the {thing}", "Asking for a {thing}", "A late {thing}", "Who signs the {thing}", "Where the {thing} is kept",
    "Losing a {thing}", "Checking the {thing}", "Sharing the {thing}", "A second {thing}", "The {thing} and {topic}",
    "When {topic} goes wrong", "Starting with {topic}", "Copies of the {thing}", "Destroying the {thing}",
    "Correcting a {thing}", "Showing parents the {thing}", "The {thing} for supply staff", "Paying for the {thing}",
    "Counting every {thing}", "Ending a {thing}",
)  # fmt: skip
SECTIONS = (
    "Aims", "Who this applies to", "Before you begin", "Day by day", "Keeping records", "When something goes wrong",
    "Money and costs", "Working with parents", "Training", "Safety", "Access to the {thing}", "Planning ahead",
    "Sharing information", "At the end of term", "Checks", "Storage",
)  # fmt: skip
ASKS = (
    "can i keep a {thing} for {topic}", "who signs the {thing} {topic}", "where is the {topic} {thing}",
    "lost the {thing} what now", "what if the {thing} is late {topic}", "do i need a {thing} for {topic}",
    "{topic} {thing} deadline", "how long do we keep the {thing} for {topic}", "may parents see the {thing}",
    "{thing} for supply teacher {topic}", "who pays for the {thing}", "can i take the {thing} home",
)  # fmt: skip
LAWS = (
    "Visits", "Lending", "Buildings", "Records", "Registers", "Transport", "Food", "Equipment", "Premises", "Contracts",
    "Fair Treatment", "Information", "Fire Precautions", "Charging", "Inspections", "Playing Fields", "Attendance",
    "Safe Working", "Notices", "Examinations",
)  # fmt: skip
REASONS = (
    "It asks the school to keep a {how} {thing}, and this clause is how we do it.",
    "A {thing} that is not kept can cost the school a claim about {topic}.",
    "It gives parents a right to see the {thing}, so it has to be {how}.",
    "Staff can be asked to show that {topic} was planned, and this {thing} shows it.",
    "Whoever runs {topic} has a duty under it, whatever was agreed by word of mouth.",
)


def fill(pattern: str, rng: random.Random, topic: str) -> str:
    """A pattern with its gaps filled."""
    thing = rng.choice(THINGS)
    who = rng.choice(WHO)
    filled = pattern.format(
        thing=thing,
        other=rng.choice([other for other in THINGS if other != thing]),
        who=who,
        Who=who[0].upper() + who[1:],
        when=rng.choice(WHEN),
        where=rng.choice(WHERE),
        why=rng.choice(WHY),
        how=rng.choice(HOW),
        topic=topic,
        count=rng.choice((6, 12, 18, 20, 24, 36, 50, 60)),
    )
    return re.sub(r"\b([Aa]) (?=order|invoice|inventory)", r"\1n ", filled)


def sentences(rng: random.Random, topic: str, count: int) -> str:
    return " ".join(fill(pattern, rng, topic) for pattern in rng.sample(SENTENCES, count))
