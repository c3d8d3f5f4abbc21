"""Who is not independent, from plain lists: all but one of those for whom one signer answers at a session."""

from collections import Counter
from collections.abc import Iterator, Sequence

from services.xfh.reconcile.cells import nonzero
from services.xfh.reconcile.plain import Session, Visit

OF_SCORES = ("ratings", "satisfied")


def excess_of(sessions: Sequence[Session]) -> dict[str, int]:
    """How many people of each figure are not independent: all but one of those one signer answers for at a session."""
    figures: Counter[str] = Counter()
    people = set[str]()
    signers = set[str]()
    for session in sessions:
        figures.update(_excess(session))
        for person, visit in session.visits.items():
            if visit.attended:
                people.add(person)
                signers.add(visit.signer)
    figures["unique_participants"] = len(people) - len(signers)
    return nonzero(figures)


def _excess(session: Session) -> dict[str, int]:
    answered = _answered(session)
    present, turned_up = answered.pop("present"), answered.pop("turned_up")
    excess = {figure: _beyond_one(people) for figure, people in answered.items()}
    excess["person_times"] = _beyond_one(present)
    if session.state != "held":
        return excess
    missing = session.seats()
    missing.subtract(turned_up)
    no_shows = missing.copy()
    no_shows.update(session.late)
    return excess | {
        "attended": _beyond_one(present),
        "turned_up": _beyond_one(turned_up),
        "confirmed": _beyond_one(turned_up) + _beyond_one(missing),
        "no_shows": _beyond_one(no_shows),
    }


def _answered(session: Session) -> dict[str, Counter[str]]:
    """By signer: who is `present`, of them with a seat, to help and to take part, who rated, who was satisfied."""
    names = ("present", "turned_up", "helper_times", "participant_times", *OF_SCORES)
    answered: dict[str, Counter[str]] = {name: Counter() for name in names}
    for visit in session.visits.values():
        for name in _counts_as(visit):
            answered[name][visit.signer] += 1
    return answered


def _counts_as(visit: Visit) -> Iterator[str]:
    if visit.attended:
        yield "present"
        yield "helper_times" if visit.helps else "participant_times"
        if visit.invited:
            yield "turned_up"
    if visit.score is not None:
        yield "ratings"
        if visit.score > 3:
            yield "satisfied"


def _beyond_one(people: Counter[str]) -> int:
    return sum(max(0, number - 1) for number in people.values())
