"""Model objects made by hand, for rules that need no page."""

from macros.model import Cycle, NextReview, Outcome, PartialDate, Policy, PolicyId, PolicyStatus, Review, Wording


def policy(
    adopted: str | None,
    months: int | None,
    *reviews: str,
    stated: str | None = None,
    status: PolicyStatus | None = None,
) -> Policy:
    def act(on: str, outcome: Outcome | None = None) -> Review:
        return Review(on=PartialDate.parse(on), by="Governing body", outcome=outcome, minute=None, version=None)

    return Policy(
        id=PolicyId("p"), title="P", summary="", url="", path="", wording=Wording.ADOPTED, applies_to=None, owner=None,
        approved_by=None, version=None, statutory=None, supersedes=None, consultation=None, related=(), subjects=None,
        adopted=act(adopted) if adopted else None, reviews=tuple(act(on, Outcome.UNCHANGED) for on in reviews),
        cycle=Cycle(months=months) if months else None, parts=(), appendices=(), editions=(),
        next_review=NextReview.parse(stated) if stated else None, status=status,
    )  # fmt: skip
