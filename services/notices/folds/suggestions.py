"""What is told of suggestions: to the unit a need is suggested to, and to the office when no unit takes it."""

from functools import partial

from schemas.documents import Json, pick, without
from services.kit.log import Event
from services.kit.views import Folds, Overlay
from services.notices.folds import notices
from services.notices.folds.needs import titled
from services.notices.folds.subjects import the_need
from services.notices.model.addressees import to_unit

tell = partial(notices.tell, "cobuild")


def fold_suggested(docs: Overlay, event: Event) -> None:
    """The unit asked before is asked no more."""
    content = event.data
    need = no_longer_suggested(docs, event)
    to = [to_unit(content["unit"])]
    answer_by = content["answer_by"]
    words = titled(need) | {"why": content["reasons"], "answer_by": answer_by}
    tell(docs, event, "need_suggested", to, words, answer_by)
    docs.change("needs", need["id"], suggested=f"{event.id}.need_suggested.0")


def fold_ended(docs: Overlay, event: Event) -> None:
    need = no_longer_suggested(docs, event)
    kind = "need_unanswered" if event.data["told"] else "need_unmatched"
    words = titled(need) | pick(event.data, "told")
    to = [need["community"]]
    tell(docs, event, kind, to, words)


def fold_passed_up(docs: Overlay, event: Event) -> None:
    no_longer_suggested(docs, event)


def no_longer_suggested(docs: Overlay, event: Event) -> Json:
    """The need, which no unit is asked about from now on."""
    need = the_need(docs, event)
    if "suggested" in need:
        notices.take_back("cobuild", docs, event, need["suggested"])
    need = without(need, "suggested")
    docs.put("needs", need)
    return need


FOLDS: Folds = {
    "need_suggested.v1": fold_suggested,
    "need_passed_up.v1": fold_passed_up,
    "suggesting_ended.v1": fold_ended,
}
