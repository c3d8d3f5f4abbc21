"""What the notices service remembers: notices derived from the logs of the others, and its own few facts."""

from services.kit.views import Collection, Folds
from services.notices.folds import (
    activities,
    branches,
    choices,
    deliveries,
    inbox,
    needs,
    news,
    notices,
    partners,
    signups,
    task_kinds,
    tasks,
    units,
)

COLLECTIONS = (
    *notices.COLLECTIONS,
    *(Collection(tasks.asked(source)) for source in task_kinds.TASKS),
    *activities.COLLECTIONS,
    *signups.COLLECTIONS,
    *needs.COLLECTIONS,
    *units.COLLECTIONS,
    *partners.COLLECTIONS,
    *branches.COLLECTIONS,
    *news.COLLECTIONS,
    *inbox.COLLECTIONS,
    *choices.COLLECTIONS,
    *deliveries.COLLECTIONS,
)
OTHERS: dict[str, Folds] = {
    "activities": {**activities.FOLDS, **signups.FOLDS},
    "branches": branches.FOLDS,
    "cobuild": {**needs.FOLDS, **units.FOLDS},
    "partners": partners.FOLDS,
}
FOLDS: dict[str, Folds] = {
    "notices": {**news.OWN, **inbox.OWN, **choices.OWN, **deliveries.OWN},
    **{
        source: tasks.following(
            source, folds, task_kinds.TASKS[source], task_kinds.SILENT.get(source, ())
        )
        for source, folds in OTHERS.items()
    },
}
