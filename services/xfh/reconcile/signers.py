"""Who is not independent, from plain lists: all but one of those for whom one signer answers at a session."""

from collections import Counter
from collections.abc import Sequence

from services.xfh.reconcile.plain import Session


def excess_of(sessions: Sequence[Session]) -> dict[str, int]:
    """How many people of each figure are not independent: all but one of those one signer answers for at a session."""
    figures: Counter[str] = Counter()
    for session in sessions:
        present, turned_up, helping, taking_part, ratings, satisfied = _answered(
            session
        )
        missing = session.seats()
        missing.subtract(turned_up)
        no_shows = missing.copy()
        no_shows.update(session.late)
        figures["person_times"] += _beyond_one(present)
        figures["helper_times"] += _beyond_one(helping)
        figures["participant_times"] += _beyond_one(taking_part)
        figures["ratings"] += _beyond_one(ratings)
        figures["satisfied"] += _beyond_one(satisfied)
        if session.state == "held":
            figures["attended"] += _beyond_one(present)
            figures["turned_up"] += _beyond_one(turned_up)
            figures["confirmed"] += _beyond_one(turned_up) + _beyond_one(missing)
            figures["no_shows"] += _beyond_one(no_shows)
    came = [
        (person, visit.signer)
        for session in sessions
        for person, visit in session.visits.items()
        if visit.attended
    ]
    figures["unique_participants"] = len({person for person, _ in came}) - len(
        {signer for _, signer in came}
    )
    return {figure: value for figure, value in figures.items() if value}


def _answered(session: Session) -> tuple[Counter[str], ...]:
    """By signer: who is present, of them with a seat, to help and to take part, who rated, who was satisfied."""
    visits = session.visits.values()
    return (
        Counter(visit.signer for visit in visits if visit.attended),
        Counter(visit.signer for visit in visits if visit.attended and visit.invited),
        Counter(visit.signer for visit in visits if visit.attended and visit.helps),
        Counter(visit.signer for visit in visits if visit.attended and not visit.helps),
        Counter(visit.signer for visit in visits if visit.score is not None),
        Counter(
            visit.signer
            for visit in visits
            if visit.score is not None and visit.score > 3
        ),
    )


def _beyond_one(people: Counter[str]) -> int:
    return sum(max(0, number - 1) for number in people.values())
