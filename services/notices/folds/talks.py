"""What is told of talks about a commitment: to who takes part in it, but the side it comes from."""

from functools import partial

from schemas.documents import pick
from services.kit.log import Event
from services.kit.views import Fold, Folds, Overlay
from services.notices.folds import notices
from services.notices.folds.needs import titled
from services.notices.folds.subjects import the_commitment, the_need
from services.notices.model.addressees import to_unit

tell = partial(notices.tell, "cobuild")


def fold_talk(kind: str, moment: str = "") -> Fold:
    """`moment` is what its time is called, where it is about a time."""

    def fold(docs: Overlay, event: Event) -> None:
        words = titled(the_need(docs, event)) | pick(event.data, "side")
        if moment:
            words[moment] = event.data["starts_at"]
        tell(docs, event, kind, _other_sides(docs, event), words)

    return fold


def _other_sides(docs: Overlay, event: Event) -> list[str]:
    need = the_need(docs, event)
    people = [asker for asker in need["askers"] if asker.startswith("person/")]
    sides = {
        "unit": [to_unit(the_commitment(docs, event)["unit"])],
        "community": [need["community"]],
        "beneficiary": people,
    }
    own = event.data["side"]
    return [to for side, several in sides.items() if side != own for to in several]


FOLDS: Folds = {
    "commitment_discussed.v1": fold_talk("commitment_message"),
    "time_proposed.v1": fold_talk("time_proposed", "proposed_at"),
    "time_agreed.v1": fold_talk("time_agreed", "agreed_at"),
}
