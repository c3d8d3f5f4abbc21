"""What campaigns are called."""

from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

CAMPAIGNS = Collection("campaigns")
COLLECTIONS = (CAMPAIGNS,)


def name_campaign(docs: Overlay, event: Event) -> None:
    """Declared, or named by an activity of before campaigns were declared. Its name is its id."""
    if docs.get(CAMPAIGNS.name, event.data["campaign"]) is None:
        docs.put(CAMPAIGNS.name, {"id": event.data["campaign"]})


OF_ACTIVITIES: Folds = {"campaign_declared.v1": name_campaign}
