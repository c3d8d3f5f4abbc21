"""The branches service: what it keeps, and where its table stands."""

from services.branches import folds
from services.branches.model import lifecycles
from services.branches.table.areas import Areas
from services.branches.table.branches import PartyBranches
from services.branches.table.chart import Chart
from services.branches.table.divisions import Divisions
from services.branches.table.endings import Endings
from services.branches.table.places import Places
from services.branches.table.reports import Reports
from services.branches.waiting import TASKS
from services.district.waiting import Waits, asks_waiting, counts_waiting
from services.kit.seals.keeping import KeepsSeals
from services.kit.service import Service


class Branches(
    Divisions,
    Areas,
    Places,
    PartyBranches,
    Endings,
    Reports,
    Chart,
    Waits,
    KeepsSeals,
    Service,
):
    name = "branches"
    collections = folds.COLLECTIONS
    folds = folds.FOLDS
    erases_for = "people"
    sealed_in = "people"
    lifecycles = (lifecycles.BRANCH, lifecycles.REPORT)
    tasks = TASKS

    waiting = asks_waiting(TASKS)
    count_waiting = counts_waiting(TASKS)
