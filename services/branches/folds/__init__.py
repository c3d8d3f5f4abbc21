"""What the branches service remembers: its documents, folded from its own log."""

from services.branches.folds import areas, branches, places, reports
from services.district import territory
from services.kit.seals import keeping
from services.kit.views import Folds

COLLECTIONS = (
    *branches.COLLECTIONS,
    *places.COLLECTIONS,
    *reports.COLLECTIONS,
    *areas.COLLECTIONS,
    territory.DIVISIONS,
    territory.GRID_ROLLS,
    keeping.SEALS,
)
FOLDS: dict[str, Folds] = {
    "branches": {
        **territory.DIVISION_FOLDS,
        **branches.OWN,
        **places.OWN,
        **reports.OWN,
        **areas.OWN,
        **keeping.FOLDS,
    },
}
