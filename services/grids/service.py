"""The grids service: what it keeps, and where its table stands."""

from services.district.waiting import Waits, asks_waiting, counts_waiting
from services.grids import folds
from services.grids.model import lifecycles
from services.grids.rules.mediations import RESTRICTED
from services.grids.table.cares import Cares, Mediations
from services.grids.table.doors import Doors, Visits
from services.grids.table.findings import Findings
from services.grids.table.members import Members
from services.grids.table.rounds import Rounds
from services.grids.waiting import TASKS
from services.kit.service import Service


class Grids(
    Members, Doors, Visits, Rounds, Findings, Cares, Mediations, Waits, Service
):
    name = "grids"
    collections = folds.COLLECTIONS
    folds = folds.FOLDS
    erases_for = "people"
    sealed_in = "people"
    secret_notes = (RESTRICTED,)
    lifecycles = lifecycles.ALL
    tasks = TASKS

    waiting = asks_waiting(TASKS)
    count_waiting = counts_waiting(TASKS)
