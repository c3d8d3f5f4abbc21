"""What is remembered of offerings that activities use: asked for, granted, refused, taken back."""

from schemas.documents import Json, pick, pick_present
from services.activities.folds.subjects import the_activity
from services.kit.log import Event
from services.kit.views import Fold, Folds, Overlay


def fold_offering(state: str) -> Fold:
    """An offering asked for the activity, or for one of its sessions, and how that stands."""

    def fold(docs: Overlay, event: Event) -> None:
        activity = the_activity(docs, event)
        use = pick(activity, "session") | {"state": state}
        use |= pick_present(event.data, "session", "offering", "reason")
        others = [other for other in activity["offerings"] if not _same(other, use)]
        docs.change("activities", activity["id"], offerings=[*others, use])

    return fold


def _same(use: Json, other: Json) -> bool:
    return pick(use, "offering", "session") == pick(other, "offering", "session")


OWN: Folds = {
    "offering_requested.v1": fold_offering("requested"),
    "offering_request_withdrawn.v1": fold_offering("withdrawn"),
    "offering_granted.v1": fold_offering("granted"),
    "offering_refused.v1": fold_offering("refused"),
}
