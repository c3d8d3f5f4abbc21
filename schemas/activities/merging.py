"""Two ids that turn out to be one person's: what that makes of seats, hours and records, and how it is undone."""

from schemas import fields
from schemas.activities.contents import OfActivity
from schemas.activities.door import Figures
from schemas.activities.parties import MOST_IN_A_PARTY, Participant
from schemas.events import event
from schemas.persons import Person

MOST_OF_ONE = 200  # Of one person and their guests at one session.


class OfTwo(fields.Schema):
    """`person` is merged into `into`, by that `merge`."""

    merge = fields.Id(required=True)
    person = fields.Id(required=True)
    into = fields.Id(required=True)


@event("attendee_merged.v1")
class AttendeeMerged(OfTwo):
    """From now on whoever attended as `person` is `into`; each session is moved by an event of its own."""


@event("attendee_parted.v1")
class AttendeeParted(OfTwo):
    """They are two again: each session is parted by an event of its own."""


class SignupStands(fields.Schema):
    """A sign-up as it stands now: whoever has two seats at a session has given up one."""

    signup = fields.Id(required=True)
    by = fields.Id(required=True)
    state = fields.Text(20, required=True)
    party = fields.Many(fields.Part(Participant), 0, MOST_IN_A_PARTY, required=True)


class SeatStands(Figures):
    """Somebody at a session as they stand now; `walked_in` when they have no seat but by coming."""

    person = Person(required=True)
    attended = fields.Truth(required=True)
    walked_in = fields.Truth(required=True)


class Unrated(fields.Schema):
    """Of two ratings by one person the one that does not count."""

    person = Person(required=True)
    score = fields.Whole(1, 5, required=True)


class Regrouped(OfActivity, OfTwo):
    """Nobody under the ids `gone` has a seat any more; `people` are all that it concerns, as they stand now."""

    session = fields.Id(required=True)
    signups = fields.Many(fields.Part(SignupStands), 0, MOST_OF_ONE, required=True)
    gone = fields.Many(Person(), 0, MOST_OF_ONE, required=True)
    people = fields.Many(fields.Part(SeatStands), 0, MOST_OF_ONE, required=True)
    unrated = fields.Many(fields.Part(Unrated), 0, MOST_OF_ONE, required=True)


@event("seats_merged.v1")
class SeatsMerged(Regrouped):
    """One person at one session: one seat, one attendance, the hours of all the marks together."""


@event("seats_parted.v1")
class SeatsParted(Regrouped):
    """Each has again what was theirs; what came since stays with the survivor. `unrated` count again."""
