"""What happens to sign-ups, and to the seats of a session."""

from schemas import fields
from schemas.activities.contents import OfActivity
from schemas.activities.parties import MOST_IN_A_PARTY, Participant, party
from schemas.activities.roles import helped
from schemas.activities.signups import MOST_PROMOTED, POOLS
from schemas.events import event
from schemas.persons import Person


class SignedUp(OfActivity):
    session = fields.Id(required=True)
    signup = fields.Id(required=True)
    by = fields.Id(required=True)
    party = party()
    ticket = fields.Whole(1, 2**53, required=True)
    pool = fields.OneOf(POOLS)
    role = helped()


class TheSignup(OfActivity):
    session = fields.Id(required=True)
    signup = fields.Id(required=True)


def promoted(most: int) -> fields.Many:
    """Sign-ups that got seats, in order."""
    return fields.Many(fields.Id(), 0, most, required=True)


@event("signup_confirmed.v1")
class SignupConfirmed(SignedUp):
    pass


@event("signup_waitlisted.v1")
class SignupWaitlisted(SignedUp):
    position = fields.Whole(1, 2**53, required=True)


@event("signup_requested.v1")
class SignupRequested(SignedUp):
    """It waits for the host's yes; a seat is looked for after that."""


@event("signup_approved.v1")
class SignupApproved(TheSignup):
    """With what came of it: seats, or a place in the queue."""

    state = fields.OneOf(("confirmed", "waiting"), required=True)
    position = fields.Whole(0, 2**53, required=True)


@event("signup_declined.v1")
class SignupDeclined(TheSignup):
    reason = fields.Text(200, required=True)


@event("signup_cancelled.v1")
class SignupCancelled(TheSignup):
    """`late` means after the cutoff; `promoted` are the waiting sign-ups that got the seats, in order.

    `person` is the last of the party, when it ended because they left it.
    """

    late = fields.Truth(required=True)
    promoted = promoted(MOST_IN_A_PARTY)
    reason = fields.Text(200)
    person = Person()


@event("waiting_promoted.v1")
class WaitingPromoted(OfActivity):
    """Seats that became free otherwise than by a cancellation went to those waiting, in order; none when nobody fits.

    `more` says that others will follow.
    """

    session = fields.Id(required=True)
    promoted = promoted(MOST_PROMOTED)
    role = helped()
    more = fields.Truth(required=True)


@event("seat_offered.v1")
class SeatOffered(TheSignup):
    """After the cutoff seats are offered, not given: they are kept for the party `until` then."""

    until = fields.Instant(required=True)
    more = fields.Truth(required=True)


@event("offer_accepted.v1")
class OfferAccepted(TheSignup):
    pass


@event("offer_lapsed.v1")
class OfferLapsed(TheSignup):
    pass


@event("waiting_ended.v1")
class WaitingEnded(OfActivity):
    """The session has begun, and these got no seat; they wait, or wait to be approved, no longer.

    `more` says that others will follow.
    """

    session = fields.Id(required=True)
    missed = promoted(MOST_PROMOTED)
    role = helped()
    more = fields.Truth(required=True)


@event("seat_passed_on.v1")
class SeatPassedOn(TheSignup):
    person = Person(required=True)
    to = fields.Part(Participant, required=True)


@event("party_grown.v1")
class PartyGrown(TheSignup):
    """`member` comes as well; a party that has seats has one more."""

    person = Person(required=True)
    member = fields.Part(Participant, required=True)


@event("party_joined.v1")
class PartyJoined(TheSignup):
    """`person` took the seat of the guest `instead_of` by their own act; `to` is the seat as it is now."""

    person = fields.Id(required=True)
    instead_of = Person(required=True)
    to = fields.Part(Participant, required=True)


@event("party_left.v1")
class PartyLeft(TheSignup):
    """One of the party gave their seat up and the others stay; `late` and `promoted` as of a cancellation."""

    person = Person(required=True)
    late = fields.Truth(required=True)
    promoted = promoted(MOST_IN_A_PARTY)
    reason = fields.Text(200)
