"""What people have chosen, and under which note the address for each channel is kept."""

from schemas.documents import Json
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.notices.folds import deliveries
from services.notices.model.choices import of_person

COLLECTIONS = (Collection("choices"),)


def fold_chosen(docs: Overlay, event: Event) -> None:
    """What is left out is no longer chosen. It holds for what waits already, too."""
    before = of_person(docs, event.data["person"])
    said = {name: value for name, value in event.data.items() if name != "person"}
    choices = {
        "id": before["id"],
        "notes": before["notes"],
        "given": before["given"],
        **said,
    }
    docs.put("choices", choices)
    for channel in choices["given"]:
        deliveries.move(docs, event, f"person/{choices['id']}", channel, choices)


def fold_given(docs: Overlay, event: Event) -> None:
    before = of_person(docs, event.data["person"])
    _put(docs, before, {**before["notes"], event.data["channel"]: event.data["note"]})


def fold_forgotten(docs: Overlay, event: Event) -> None:
    before = of_person(docs, event.data["person"])
    _put(
        docs,
        before,
        {
            name: note
            for name, note in before["notes"].items()
            if name != event.data["channel"]
        },
    )


def _put(docs: Overlay, before: Json, notes: dict[str, str]) -> None:
    docs.put("choices", {**before, "notes": notes, "given": sorted(notes)})


OWN: Folds = {
    "notices_chosen.v1": fold_chosen,
    "address_given.v1": fold_given,
    "address_forgotten.v1": fold_forgotten,
}
