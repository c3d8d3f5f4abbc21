"""What metrics remembers: for every fact what it last contributed, and the cells those contributions add up to.

A cell is one scope (community, street or district) in one period (day, month, quarter or year) for all, one category
or one host or unit. Every fold adds *new − old* to the cells a fact belongs to. A fact keeps the place and day it had.
"""

from services.district import territory
from services.kit.views import Folds
from services.metrics.folds import (
    cells,
    commitments,
    contributions,
    deeds,
    late,
    needs,
    people,
    reports,
    responses,
    sessions,
    signups,
    targets,
    titles,
)

COLLECTIONS = (
    *cells.COLLECTIONS,
    *sessions.COLLECTIONS,
    *signups.COLLECTIONS,
    *people.COLLECTIONS,
    *needs.COLLECTIONS,
    *commitments.COLLECTIONS,
    *contributions.COLLECTIONS,
    *responses.COLLECTIONS,
    *deeds.COLLECTIONS,
    *late.COLLECTIONS,
    *titles.COLLECTIONS,
    *targets.COLLECTIONS,
    *reports.COLLECTIONS,
    territory.DIVISIONS,
    territory.GRID_ROLLS,
)

FOLDS: dict[str, Folds] = {
    "activities": {**sessions.OWN, **signups.OWN, **people.OWN, **titles.OF_ACTIVITIES},
    "branches": {
        **territory.DIVISION_FOLDS,
        **territory.GRID_FOLDS,
        **titles.OF_BRANCHES,
    },
    "cobuild": {**needs.OWN, **commitments.OWN, **titles.OF_COBUILD},
    "metrics": {**targets.OWN, **reports.OWN},
    "partners": titles.OF_PARTNERS,
}
