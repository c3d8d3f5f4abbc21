"""What waits for the street or the district to approve: each with what it says and what has changed, many at once."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from gateway.api import waiting
from gateway.api.waiting import ROUTES
from gateway.edge import reading
from gateway.web.desk import acts_of
from gateway.web.drawing import label_of
from gateway.web.facts import facts, heading
from gateway.web.page import Batch, Order, Visit
from gateway.web.words import moment_in_words
from schemas import fields
from schemas.activities.contents import Terms
from schemas.activities.postings import ReviseActivity
from schemas.documents import Json

MOST_SHOWN = 40


class Kind(NamedTuple):
    """The command that approves a thing of this kind, "" where deciding takes words; and the question that shows it."""

    service: str
    names: str
    shown_by: str
    approves: str = ""


KINDS = {
    "partner_to_approve": Kind("partners", "partner", "get_partner", "approve"),
    "unit_to_approve": Kind("cobuild", "unit", "get_unit", "approve_unit"),
    "activity_to_review": Kind(
        "activities", "activity", "get_activity", "publish_activity"
    ),
    "signup_to_decide": Kind("activities", "signup", "get_signup", "approve_signup"),
    "partner_appeal": Kind("partners", "partner", "get_partner"),
    "unit_appeal": Kind("cobuild", "unit", "get_unit"),
    "need_appeal": Kind("cobuild", "need", "get_need"),
}
WRITTEN = ReviseActivity().fields | Terms().fields


def order(item: str) -> Order | None:
    """What approves `kind:id`."""
    kind, _, id = item.partition(":")
    of = KINDS.get(kind)
    if of is None or not of.approves:
        return None
    route = ROUTES[of.service, of.approves]
    return Order(of.service, route.name, route.schema, {of.names: id})


def what_waits(visit: Visit) -> Json:
    """`{items, missing, is_more}`, those that are due first before the others."""
    said = {"limit": MOST_SHOWN, "kind": ",".join(KINDS)}
    question = reading.load(waiting.LISTING, said)
    answered = waiting.ask_all("waiting", question, actor=visit.actor)
    items, following = waiting.together(answered.parts, MOST_SHOWN)
    shown = [_shown(visit, item) for item in items]
    return {
        "items": shown,
        "alike": list(_alike(shown)),
        "ticked": visit.query.get("alike", ""),
        "missing": answered.missing,
        "is_more": bool(following),
        "heading": heading,
    }


def _alike(items: list[Json]) -> Iterator[Json]:
    """`{kind, kind_text, count}` of what one tap each approves, where there are several of a kind."""
    kinds = Counter(one["kind"] for one in items if one["is_one_tap"])
    named = {one["kind"]: one["kind_text"] for one in items}
    for kind, count in kinds.items():
        if count > 1:
            yield {"kind": kind, "kind_text": named[kind], "count": count}


def _shown(visit: Visit, item: Json) -> Json:
    """With what it says, what has changed since it was sent back, and the pages that settle it otherwise."""
    kind = KINDS[item["kind"]]
    _, _, id = item["id"].partition(":")
    route = ROUTES[kind.service, kind.shown_by]
    document = visit.ask(kind.service, route.name, route.schema, **{kind.names: id})
    acts = (act for act in acts_of(item) if act["command"] != kind.approves)
    return item | {
        "facts": list(facts(route.shows(), document, visit.places.name_of)),
        "differences": list(map(_difference, document.get("differences", ()))),
        "state_text": document["state_text"],
        "is_one_tap": bool(kind.approves),
        "others": list(acts),
    }


def _difference(difference: Json) -> Json:
    """`{label, before, after}` in words; "" for what was not there or is not any more."""
    path, _, name = str(difference["field"]).rpartition("/")
    _, _, number = path.partition("/")
    field = WRITTEN.get(name)
    label = label_of(field) if field else ""
    if number.isdecimal():
        label = f"第 {number} 场的{label}"
    before, after = (_said(field, difference[when]) for when in ("before", "after"))
    return {"label": label or "其他", "before": before, "after": after}


def _said(field: Any, text: str | None) -> str:
    if text is None:
        return ""
    return moment_in_words(text) if isinstance(field, fields.Instant) else text


PAGES = (Batch("/approve", "approve.html", order, what_waits),)
