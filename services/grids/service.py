"""The grids service: what it keeps, and where its table stands."""

from services.grids import folds
from services.grids.model import lifecycles
from services.grids.table.cares import Cares, Mediations
from services.grids.table.doors import Doors, Visits
from services.grids.table.findings import Findings
from services.grids.table.members import Members
from services.grids.table.rounds import Rounds
from services.kit.service import Service


class Grids(Members, Doors, Visits, Rounds, Findings, Cares, Mediations, Service):
    name = "grids"
    collections = folds.COLLECTIONS
    folds = folds.FOLDS
    erases_for = "people"
    sealed_in = "people"
    lifecycles = lifecycles.ALL
