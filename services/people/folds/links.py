"""Who acts for whom."""

from schemas.fields import instant
from schemas.people.links import KINDS_IN_WORDS
from services.district.calendar import day_ends, day_of
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay
from services.people.model.lifecycles import LINK

COLLECTIONS = (
    Collection(
        "links",
        (
            ("person", "id"),
            ("person", "state", "id"),
            ("holder", "state", "id"),
            ("person", "holder", "state", "id"),
            ("state", "ends"),
        ),
    ),
)


def fold_begun(docs: Overlay, event: Event) -> None:
    said = event.without("link", "by")
    link = said | {
        "id": event.data["link"],
        "kind_text": KINDS_IN_WORDS[said["kind"]],
        "since": day_of(event.time),
        "ends": instant(day_ends(said["until"])),
    }
    docs.put("links", LINK.begun(link))


def fold_over(step: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        link = docs.the("links", event.data["link"])
        docs.put("links", LINK.after(link, step))

    return fold


FOLDS: Folds = {
    "link_begun.v1": fold_begun,
    "link_ended.v1": fold_over("end"),
    "link_lapsed.v1": fold_over("lapse"),
}
