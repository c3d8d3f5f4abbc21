"""What the notices service remembers: notices derived from the logs of the others, and its own few facts."""

from services.district import consents, grid_names
from services.kit.views import Collection, Folds
from services.notices.folds import (
    activities,
    branches,
    certificates,
    choices,
    commendations,
    commitments,
    contests,
    deliveries,
    grids,
    hours,
    inbox,
    meetings,
    needs,
    news,
    notices,
    offerings,
    partners,
    reminders,
    rounds,
    signups,
    suggestions,
    talks,
    task_kinds,
    tasks,
    units,
)

COLLECTIONS = (
    *notices.COLLECTIONS,
    *(Collection(tasks.collection_of(source)) for source in task_kinds.TASKS),
    *activities.COLLECTIONS,
    *contests.COLLECTIONS,
    *certificates.COLLECTIONS,
    *commendations.COLLECTIONS,
    *signups.COLLECTIONS,
    *needs.COLLECTIONS,
    *commitments.COLLECTIONS,
    *units.COLLECTIONS,
    *offerings.COLLECTIONS,
    *meetings.COLLECTIONS,
    *partners.COLLECTIONS,
    *branches.COLLECTIONS,
    *grids.COLLECTIONS,
    *rounds.COLLECTIONS,
    *news.COLLECTIONS,
    *reminders.COLLECTIONS,
    *inbox.COLLECTIONS,
    *choices.COLLECTIONS,
    *deliveries.COLLECTIONS,
    *consents.COLLECTIONS,
    grid_names.GRID_NAMES,
)
OWN: Folds = {
    **news.OWN,
    **reminders.OWN,
    **inbox.OWN,
    **choices.OWN,
    **deliveries.OWN,
}
OF_ACTIVITIES: Folds = {
    **activities.FOLDS,
    **hours.FOLDS,
    **contests.FOLDS,
    **certificates.FOLDS,
    **commendations.FOLDS,
    **signups.FOLDS,
}
OF_COBUILD: Folds = {
    **needs.FOLDS,
    **suggestions.FOLDS,
    **commitments.FOLDS,
    **talks.FOLDS,
    **units.FOLDS,
    **offerings.FOLDS,
    **meetings.FOLDS,
}


def _followed(source: str, folds: Folds) -> Folds:
    kinds = task_kinds.TASKS[source]
    silent = task_kinds.SILENT.get(source, ())
    return tasks.following(source, folds, kinds, silent)


FOLDS: dict[str, Folds] = {
    "notices": OWN,
    "activities": _followed("activities", OF_ACTIVITIES),
    "branches": _followed("branches", {**branches.FOLDS, **grid_names.FOLDS}),
    "cobuild": _followed("cobuild", OF_COBUILD),
    "grids": _followed("grids", {**grids.FOLDS, **rounds.FOLDS}),
    "partners": _followed("partners", partners.FOLDS),
    "people": consents.FOLDS,
}
