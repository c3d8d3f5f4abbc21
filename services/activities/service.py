"""The activities service: what it keeps, and the parts of the table of what it answers to."""

from services.activities import folds
from services.activities.model import lifecycles
from services.activities.table.calendars import Calendars
from services.activities.table.campaigns import Campaigns
from services.activities.table.certificates import Certificates
from services.activities.table.commendations import Commendations
from services.activities.table.contests import Contests
from services.activities.table.door import Door
from services.activities.table.hours import Hours
from services.activities.table.merging import Merging
from services.activities.table.messages import Messages
from services.activities.table.offerings import Offerings
from services.activities.table.postings import Postings
from services.activities.table.scans import Scans
from services.activities.table.sessions import Sessions
from services.activities.table.signups import Signups
from services.activities.table.templates import Templates
from services.activities.waiting import TASKS
from services.district import acting
from services.district.waiting import Waits, asks_waiting, counts_waiting
from services.kit.persons.standing_in import ForOthers
from services.kit.service import Service


class Activities(
    Postings,
    Templates,
    Campaigns,
    Offerings,
    Signups,
    Messages,
    Merging,
    Sessions,
    Door,
    Scans,
    Hours,
    Contests,
    Certificates,
    Commendations,
    Calendars,
    Waits,
    ForOthers,
    Service,
):
    name = "activities"
    collections = folds.COLLECTIONS
    folds = folds.FOLDS
    erases_for = "people"
    sealed_in = "people"
    lifecycles = (
        lifecycles.ACTIVITY,
        lifecycles.SESSION,
        lifecycles.SIGNUP,
        lifecycles.TEMPLATE,
        lifecycles.CONTEST,
        lifecycles.CERTIFICATE,
        lifecycles.COMMENDATION,
        lifecycles.CALENDAR,
    )
    tasks = TASKS
    stand_ins = acting.STAND_INS

    waiting = asks_waiting(TASKS)
    count_waiting = counts_waiting(TASKS)
    list_acted = acting.asks_acted()
