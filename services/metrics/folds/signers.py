"""Independent people: whoever one signer answers for counts once, wherever figures of few people are withheld.

Of each signer at a session it is remembered for how many seats, attendances and ratings they answer. All of them but
one are *excess*: people of a figure who are not independent. Excess is kept by session and by cell, in the names of
the figures; where nobody brings anybody there is none, and nothing is written.
"""

from collections.abc import Mapping

from schemas.documents import Json
from services.kit.views import Overlay
from services.metrics.folds import cells
from services.metrics.folds.presences import PRESENCES, presence

AT_ONCE = ("person_times", "participant_times", "helper_times", "ratings", "satisfied")
NO_EXCESS = dict.fromkeys((*AT_ONCE, "turned_up", "missing", "no_shows"), 0)

Answers = Mapping[str, Mapping[str, int]]
"""`{signer: {what they answer for: so many more}}`: `seats`, given up `late`, `present`, of them `taking_part` and
`helping`, `turned_up`, `ratings` and `satisfied`."""


def answer(docs: Overlay, session: str, more: Answers) -> cells.Figures:
    """What becomes excess of the session, or is none any more, as signers answer for more or fewer.

    It is remembered with their own presence, which is written anyway.
    """
    excess: cells.Figures = {}
    for signer, changes in more.items():
        there = presence(docs, session, signer)
        before = there.get("answers", {})
        after = {
            **before,
            **{
                name: before.get(name, 0) + change
                for name, change in changes.items()
                if change
            },
        }
        docs.put(PRESENCES, {**there, "answers": after})
        if (
            max(before.values(), default=0) > 1
            or max(after.values(), default=0) > 1
            or "late" in after
        ):
            for name, change in cells.difference(
                _excess(before), _excess(after)
            ).items():
                excess[name] = excess.get(name, 0) + change
    return excess


def _excess(answers: Mapping[str, int]) -> cells.Figures:
    missing = answers.get("seats", 0) - answers.get("turned_up", 0)
    people = {
        "person_times": answers.get("present", 0),
        "participant_times": answers.get("taking_part", 0),
        "helper_times": answers.get("helping", 0),
        "ratings": answers.get("ratings", 0),
        "satisfied": answers.get("satisfied", 0),
        "turned_up": answers.get("turned_up", 0),
        "missing": missing,
        "no_shows": missing + answers.get("late", 0),
    }
    return {name: max(0, number - 1) for name, number in people.items()}


def excess_of(session: Json) -> cells.Figures:
    """The session's excess, by the names of the figures it contributes to."""
    excess = session["excess"]
    at_once = {name: excess[name] for name in AT_ONCE}
    if session["state"] != "held":
        return at_once
    return {
        **at_once,
        "attended": excess["person_times"],
        "turned_up": excess["turned_up"],
        "confirmed": excess["turned_up"] + excess["missing"],
        "no_shows": excess["no_shows"],
    }


def independent(
    figures: Mapping[str, int], excess: Mapping[str, int]
) -> dict[str, int]:
    """Figures of people with those counted once for whom one signer answers. Somebody stays where there is anybody."""
    alone = {
        name: max(min(1, figures[name]), figures[name] - excess.get(name, 0))
        for name in cells.COUNTED[cells.EXCESS]
    }
    return {**figures, **alone}
