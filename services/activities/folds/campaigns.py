"""What is remembered of campaigns."""

from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

CAMPAIGNS = Collection("campaigns", (("until",),), searched=("id", "summary"))
COLLECTIONS = (CAMPAIGNS,)


def fold_declared(docs: Overlay, event: Event) -> None:
    docs.put("campaigns", event.data | {"id": event.data["campaign"]})


OWN: Folds = {"campaign_declared.v1": fold_declared}
