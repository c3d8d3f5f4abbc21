"""What is remembered of campaigns and templates."""

from services.activities.model.lifecycles import TEMPLATE
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

CAMPAIGNS = Collection("campaigns", (("until",),), searched=("id", "summary"))
TEMPLATES = Collection(
    "templates",
    (("owner", "state", "name"),),
    searched=("name", "title", "summary", "category", "audience", "campaign", "place"),
)
COLLECTIONS = (CAMPAIGNS, TEMPLATES)


def fold_campaign_declared(docs: Overlay, event: Event) -> None:
    docs.put("campaigns", {**event.data, "id": event.data["campaign"]})


def fold_template_saved(docs: Overlay, event: Event) -> None:
    said = {name: value for name, value in event.data.items() if name != "template"}
    docs.put("templates", TEMPLATE.begun({**said, "id": event.data["template"]}))


def fold_template_withdrawn(docs: Overlay, event: Event) -> None:
    docs.put(
        "templates",
        TEMPLATE.after(docs.the("templates", event.data["template"]), "withdraw"),
    )


OWN: Folds = {
    "campaign_declared.v1": fold_campaign_declared,
    "template_saved.v1": fold_template_saved,
    "template_withdrawn.v1": fold_template_withdrawn,
}
