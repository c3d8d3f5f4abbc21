"""Independent people: whoever one signer answers for counts once, wherever figures of few people are withheld.

Of each signer at a session it is remembered for how many seats, attendances and ratings they answer. All of them but
one are *excess*: people of a figure who are not independent. Excess is kept by session and by cell, in the names of
the figures; where nobody brings anybody there is none, and nothing is written.
"""

from collections.abc import Mapping

from schemas.documents import Json, pick
from services.kit.views import Overlay
from services.metrics.folds import cells
from services.metrics.folds.presences import PRESENCES, presence
from services.metrics.model import counts
from services.metrics.model.counts import Figures

AT_ONCE = ("person_times", "participant_times", "helper_times", "ratings", "satisfied")
# What a signer answers for, by the figure it is excess of.
ANSWERED = {
    "person_times": "present", "participant_times": "taking_part", "helper_times": "helping",
    "ratings": "ratings", "satisfied": "satisfied", "turned_up": "turned_up",
}  # fmt: skip
NO_EXCESS = dict.fromkeys((*AT_ONCE, "turned_up", "missing", "no_shows"), 0)

Answers = Mapping[str, Mapping[str, int]]
"""`{signer: {what they answer for: so many more}}`: `seats`, given up `late`, `present`, of them `taking_part` and
`helping`, `turned_up`, `ratings` and `satisfied`."""


def answer(docs: Overlay, session: str, more: Answers) -> Figures:
    """What becomes excess of the session, or is none any more, as signers answer for more or fewer.

    It is remembered with their own presence, which is written anyway.
    """
    excess = Figures()
    for signer, changes in more.items():
        there = presence(docs, session, signer)
        before = there.get("answers", {})
        after = counts.summed(before, counts.nonzero(changes))
        docs.put(PRESENCES, there | {"answers": after})
        if _may_exceed(before) or _may_exceed(after):
            change = counts.difference(_excess(before), _excess(after))
            excess = counts.tallied(excess, change)
    return excess


def _may_exceed(answers: Figures) -> bool:
    """False of who answers for one of anything at most, as nearly everybody does: spares looking at every figure.

    A seat given up late and another that stays empty are two no-shows.
    """
    return max(answers.values(), default=0) > 1 or bool(answers.get("late"))


def _excess(answers: Figures) -> Figures:
    """All but one of each they answer for."""
    missing = answers.get("seats", 0) - answers.get("turned_up", 0)
    people = {figure: answers.get(name, 0) for figure, name in ANSWERED.items()}
    people["missing"] = missing
    people["no_shows"] = missing + answers.get("late", 0)
    return {name: max(0, number - 1) for name, number in people.items()}


def excess_of(session: Json) -> Figures:
    """The session's excess, by the names of the figures it contributes to."""
    excess: Figures = session["excess"]
    at_once = pick(excess, *AT_ONCE)
    if session["state"] != "held":
        return at_once
    turned_up = excess["turned_up"]
    return at_once | {
        "attended": excess["person_times"],
        "turned_up": turned_up,
        "confirmed": turned_up + excess["missing"],
        "no_shows": excess["no_shows"],
    }


def independent(figures: Mapping[str, int], excess: Mapping[str, int]) -> Figures:
    """Figures of people with those counted once for whom one signer answers. Somebody stays where there is anybody."""
    alone = dict(figures)
    for name in cells.COUNTED[cells.EXCESS]:
        least = min(1, figures[name])
        others = excess.get(name, 0)
        alone[name] = max(least, figures[name] - others)
    return alone
