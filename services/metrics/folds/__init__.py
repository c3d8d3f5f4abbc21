"""What metrics remembers: for every fact what it last contributed, and the cells those contributions add up to.

A cell is one scope (community, street or district) in one period (day, month, quarter or year) for all, one category
or one host or unit. Every fold adds *new − old* to the cells a fact belongs to. A fact keeps the place and day it had.
"""

from services.district import host_names, territory
from services.kit.views import Folds
from services.metrics.folds import (
    cells,
    commitments,
    contributions,
    deeds,
    doorstep,
    late,
    merging,
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
    *doorstep.COLLECTIONS,
    *late.COLLECTIONS,
    *titles.COLLECTIONS,
    *host_names.COLLECTIONS,
    *targets.COLLECTIONS,
    *reports.COLLECTIONS,
    *territory.COLLECTIONS,
)

FOLDS: dict[str, Folds] = {
    "activities": {
        **sessions.OWN,
        **signups.OWN,
        **people.OWN,
        **merging.OWN,
        **titles.OF_ACTIVITIES,
    },
    "branches": {**territory.FOLDS, **host_names.OF_BRANCHES},
    "cobuild": {**needs.OWN, **commitments.OWN, **host_names.OF_COBUILD},
    "grids": doorstep.OWN,
    "metrics": {**targets.OWN, **reports.OWN},
    "partners": host_names.OF_PARTNERS,
}
