"""The cobuild service: what it keeps, and where its table stands."""

from services.cobuild import folds
from services.cobuild.model import lifecycles
from services.cobuild.table.commitments import Commitments
from services.cobuild.table.matching import Matching
from services.cobuild.table.meetings import Meetings
from services.cobuild.table.needs import Needs
from services.cobuild.table.offerings import Offerings
from services.cobuild.table.suggestions import Suggestions
from services.cobuild.table.talks import Talks
from services.cobuild.table.units import Units
from services.cobuild.waiting import TASKS
from services.district import acting
from services.district.waiting import Waits, asks_waiting, counts_waiting
from services.kit.persons.standing_in import ForOthers
from services.kit.service import Service


class Cobuild(
    Units,
    Offerings,
    Needs,
    Suggestions,
    Matching,
    Commitments,
    Talks,
    Meetings,
    Waits,
    ForOthers,
    Service,
):
    name = "cobuild"
    collections = folds.COLLECTIONS
    folds = folds.FOLDS
    erases_for = "people"
    sealed_in = "people"
    lifecycles = (
        lifecycles.UNIT,
        lifecycles.OFFERING,
        lifecycles.NEED,
        lifecycles.COMMITMENT,
        lifecycles.MEETING,
    )
    tasks = TASKS
    stand_ins = acting.STAND_INS

    waiting = asks_waiting(TASKS)
    count_waiting = counts_waiting(TASKS)
    list_acted = acting.asks_acted()
