"""Two ids of one person at a session: what either contributed is taken back, and what they contribute now is added.

The event tells everybody it concerns as they stand, so merging and parting are one fold. It counts as the correction it
is: of a month that is over it is a late change.
"""

from collections import Counter

from schemas.documents import Json, pick, without
from services.kit.log import Event
from services.kit.views import Fold, Folds, Overlay
from services.metrics.folds.people import change_presence, hours_of
from services.metrics.folds.presences import ABSENT, PRESENCES, presence, signer_of
from services.metrics.folds.session_figures import count, count_answers
from services.metrics.folds.sessions import rated
from services.metrics.folds.signups import count_seats, seats_of
from services.metrics.model import counts


def fold_regrouped(is_merged: bool) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        content = event.data
        giver, taker = content["person"], content["into"]
        if not is_merged:
            giver, taker = taker, giver
        _take_out_seats(docs, event)
        there = [stands["person"] for stands in content["people"]]
        for person in content["gone"] + there:
            _take_out(docs, event, person)
        if is_merged:
            _hand_over(docs, content["session"], giver, taker)
        else:
            _hand_back(docs, content["session"], giver, taker)
        _put_signups(docs, event)
        for stands in content["people"]:
            came = pick(stands, "attended", "walked_in")
            before = presence(docs, content["session"], stands["person"])
            change_presence(docs, event, before, hours_of(stands) | came)
        for unrated in content["unrated"]:
            _rate(docs, event, unrated, -1 if is_merged else 1)

    return fold


def _take_out_seats(docs: Overlay, event: Event) -> None:
    """As many seats fewer as the sign-ups had."""
    for said in event.data["signups"]:
        signup = docs.the("signups", said["signup"])
        taken = Counter[str]()
        taken.subtract(seats_of(signup))
        count_seats(docs, event, taken)


def _put_signups(docs: Overlay, event: Event) -> None:
    for said in event.data["signups"]:
        before = docs.the("signups", said["signup"])
        after = before | {"by": said["by"], "size": len(said["party"])}
        after |= _who_joined(before, said, event.data)
        docs.put("signups", after)
        count_seats(docs, event, seats_of(after))


def _who_joined(before: Json, said: Json, content: Json) -> Json:
    """`{joined, away?}`: those of the party now who came into it as themselves, and whom a merge took out of these."""
    came = _who_came(before, content)
    people = [member["person"] for member in said["party"]]
    joined = [one for one in people if one in came and one != said["by"]]
    return {"joined": joined, "away": sorted(came.difference(joined))}


def _who_came(before: Json, content: Json) -> set[str]:
    """By whichever of the two ids."""
    two = {content["person"], content["into"]}
    came = {*before.get("joined", ()), *before.get("away", ())}
    return came | two if came & two else came


def _take_out(docs: Overlay, event: Event, person: str) -> None:
    """As if they had not come. Who answers for them is found anew when they are put again."""
    before = presence(docs, event.data["session"], person)
    change_presence(docs, event, before, ABSENT)
    absent = docs.the(PRESENCES, before["id"])
    docs.put(PRESENCES, without(absent, "signer"))


def _hand_over(docs: Overlay, session: str, giver: str, taker: str) -> None:
    """What is left, seats given up late and ratings, is answered for by the survivor."""
    left = counts.nonzero(presence(docs, session, giver).get("answers", {}))
    _answer(docs, session, giver, left, -1)
    _answer(docs, session, taker, left, 1)
    docs.put(PRESENCES, presence(docs, session, giver) | {"gave": left})


def _hand_back(docs: Overlay, session: str, giver: str, taker: str) -> None:
    gave = presence(docs, session, taker).get("gave", {})
    _answer(docs, session, giver, gave, -1)
    _answer(docs, session, taker, gave, 1)
    docs.put(PRESENCES, without(presence(docs, session, taker), "gave"))


def _answer(
    docs: Overlay, session: str, person: str, figures: counts.Figures, sign: int
) -> None:
    if figures:
        more = _signed(figures, sign)
        count_answers(docs, session, {person: more})


def _signed(figures: counts.Figures, sign: int) -> counts.Figures:
    """So many more (1) or fewer (-1)."""
    return {name: sign * number for name, number in figures.items()}


def _rate(docs: Overlay, event: Event, unrated: Json, sign: int) -> None:
    figures = _signed(rated(unrated["score"]), sign)
    session = docs.the("sessions", event.data["session"])
    signer = signer_of(docs, session["id"], unrated["person"])
    count(docs, event, session, figures, {signer: figures})


OWN: Folds = {
    "seats_merged.v1": fold_regrouped(True),
    "seats_parted.v1": fold_regrouped(False),
}
