"""What people have chosen, and under which note the address for each channel is kept."""

from schemas.documents import Json, pick, without
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.notices.folds import deliveries
from services.notices.model.choices import of_person

COLLECTIONS = (Collection("choices"),)


def fold_chosen(docs: Overlay, event: Event) -> None:
    """What is left out is no longer chosen. It holds for what waits already, too."""
    before = of_person(docs, event.data["person"])
    chosen = pick(before, "id", "notes", "given") | event.without("person")
    docs.put("choices", chosen)
    for channel in chosen["given"]:
        deliveries.move(docs, event, f"person/{chosen['id']}", channel, chosen)


def fold_given(docs: Overlay, event: Event) -> None:
    content = event.data
    before = of_person(docs, content["person"])
    given = {content["channel"]: content["note"]}
    _put(docs, before, before["notes"] | given)


def fold_forgotten(docs: Overlay, event: Event) -> None:
    before = of_person(docs, event.data["person"])
    _put(docs, before, without(before["notes"], event.data["channel"]))


def _put(docs: Overlay, before: Json, notes: dict[str, str]) -> None:
    docs.put("choices", before | {"notes": notes, "given": sorted(notes)})


OWN: Folds = {
    "notices_chosen.v1": fold_chosen,
    "address_given.v1": fold_given,
    "address_forgotten.v1": fold_forgotten,
}
