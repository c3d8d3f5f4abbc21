"""What is remembered of templates."""

from services.activities.model.lifecycles import TEMPLATE
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

TEMPLATES = Collection(
    "templates",
    (("owner", "state", "name"),),
    searched=("name", "title", "summary", "category", "audience", "campaign", "place"),
)
COLLECTIONS = (TEMPLATES,)


def fold_saved(docs: Overlay, event: Event) -> None:
    template = event.without("template") | {"id": event.data["template"]}
    docs.put("templates", TEMPLATE.begun(template))


def fold_withdrawn(docs: Overlay, event: Event) -> None:
    template = docs.the("templates", event.data["template"])
    docs.put("templates", TEMPLATE.after(template, "withdraw"))


OWN: Folds = {
    "template_saved.v1": fold_saved,
    "template_withdrawn.v1": fold_withdrawn,
}
