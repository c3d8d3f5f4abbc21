"""Of how many something was due in a month, community by community: how care is withheld follows from it."""

from services.kit.views import Find, Reads
from services.metrics.folds.doorstep.cares import CARED_FOR
from services.metrics.model.withholding.arrangement import Column
from services.metrics.model.withholding.families import IN_CARE
from services.metrics.reckoning.divisions import MOST_COMMUNITIES


def cared_for(views: Reads, district: str, month: str) -> Column:
    first = f"{month}:{district}"
    of_month = Find(
        CARED_FOR, {}, "id", since=first, until=f"{first};", limit=MOST_COMMUNITIES
    )
    return {
        doc["id"].partition(":")[2]: IN_CARE.of(doc)
        for doc in views.find(of_month)
        if doc["people"]
    }
