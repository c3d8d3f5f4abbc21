"""What happens to hours after a session: corrected, settled, contested; and to the roles people had."""

from schemas import fields
from schemas.activities.contents import OfActivity
from schemas.activities.door import MOST_MINUTES, Figures, OfPerson
from schemas.activities.hours import MOST_SETTLED
from schemas.activities.roles import ROLES
from schemas.activities.sessions import SETTLED
from schemas.events import event
from schemas.persons import Person


@event("hours_corrected.v1")
class HoursCorrected(OfPerson, Figures):
    """`by` decided; from now on no scan moves these minutes."""

    attended = fields.Truth(required=True)
    reason = fields.Text(200, required=True)
    by = fields.Id(required=True)


class RoleChanged(Figures):
    person = Person(required=True)


@event("roles_changed.v1")
class RolesChanged(OfActivity):
    """What these people came as, by who decided it, with the time each has since."""

    session = fields.Id(required=True)
    people = fields.Many(fields.Part(RoleChanged), 1, MOST_SETTLED, required=True)
    to = fields.OneOf(ROLES, required=True)
    reason = fields.Text(200, required=True)
    by = fields.Id(required=True)


class Settled(Figures):
    """One person's service as it stands; `counted` is whether they count as having left `at` the end."""

    person = Person(required=True)
    counted = fields.Truth(required=True)


@event("hours_settled.v1")
class HoursSettled(OfActivity):
    """People who came and did not check out, by the choice of who closed the session; more follow where there are."""

    session = fields.Id(required=True)
    at = fields.Instant(required=True)
    count = fields.OneOf(SETTLED, required=True)
    by = fields.Id(required=True)
    people = fields.Many(fields.Part(Settled), 0, MOST_SETTLED, required=True)
    more = fields.Truth(required=True)


@event("hours_contested.v1")
class HoursContested(OfPerson):
    """`note` is what the person said of `minutes`. The contest presses at `press_at` and is overdue at `due_at`."""

    contest = fields.Id(required=True)
    note = fields.Id(required=True)
    minutes = fields.Whole(0, MOST_MINUTES)
    by = fields.Id(required=True)
    press_at = fields.Instant(required=True)
    due_at = fields.Instant(required=True)


class Contested(OfPerson):
    contest = fields.Id(required=True)


@event("contest_pressed.v1")
class ContestPressed(Contested):
    """Its due time is near."""


@event("contest_overdue.v1")
class ContestOverdue(Contested):
    """Its due time has passed: the host can no longer settle it alone."""


@event("contest_settled.v1")
class ContestSettled(Contested):
    upheld = fields.Truth(required=True)
    reason = fields.Text(200, required=True)
    by = fields.Id(required=True)


@event("contest_withdrawn.v1")
class ContestWithdrawn(Contested):
    pass


@event("contest_words_deleted.v1")
class ContestWordsDeleted(Contested):
    """Whoever said them wants them gone: `note` is no more."""

    note = fields.Id(required=True)
