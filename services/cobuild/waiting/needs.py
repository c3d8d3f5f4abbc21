"""What of needs waits for somebody: for who serves the place, and for whose they are."""

from functools import partial

from schemas.documents import Json, if_any
from schemas.fields import instant
from services.cobuild.rules.closing import is_own_work
from services.cobuild.rules.rights import called, serves
from services.district.appeals import is_another
from services.district.authority import STREET
from services.district.waiting import Task, found_in, in_places
from services.kit.entrypoints import Asked
from services.kit.views import Find, Reads

HANDLERS = ("community_worker", *STREET)


def _raised(asked: Asked) -> list[Find]:
    return _handled(asked, "raised")


def _appealed(asked: Asked) -> list[Find]:
    return _handled(asked, "appealed")


def _disputed(asked: Asked) -> list[Find]:
    return _handled(asked, "disputed")


def _fulfilled(asked: Asked) -> list[Find]:
    return _handled(asked, "fulfilled")


def _handled(asked: Asked, state: str) -> list[Find]:
    """Those in the state in the places the actor serves."""
    places = in_places(asked.actor, *HANDLERS)
    return found_in(places, "needs", "waits_since", state=state)


def _unclaimed(asked: Asked) -> list[Find]:
    now = instant(asked.now)
    places = in_places(asked.actor, *HANDLERS)
    return found_in(places, "needs", "claim_by", until=now, state="verified")


def _asked_about(asked: Asked) -> list[Find]:
    wheres = [{whose: id} for id in asked.ids for whose in ("beneficiary", "by")]
    return [Find("needs", where, "asked_at") for where in wheres]


def _to_confirm(asked: Asked) -> list[Find]:
    wheres = [{"beneficiary": id, "state": "fulfilled"} for id in asked.ids]
    return [Find("needs", where, "waits_since") for where in wheres]


def _is_to_handle(views: Reads, need: Json, asked: Asked) -> bool:
    """Nobody is asked about it, and it is not the actor's own."""
    return not need["waiting"] and _is_anothers(views, need, asked)


def _is_anothers(views: Reads, need: Json, asked: Asked) -> bool:
    return not asked.is_oneself(need.get("beneficiary"))


def _is_to_answer(views: Reads, need: Json, asked: Asked) -> bool:
    """By whose need it is; of a community's need, by the worker who raised it."""
    if "beneficiary" in need:
        return asked.is_me(need["beneficiary"])
    return serves(asked, need["community"])


def _is_anothers_decision(views: Reads, need: Json, asked: Asked) -> bool:
    return _is_anothers(views, need, asked) and is_another(need, asked)


def _is_anothers_work(views: Reads, need: Json, asked: Asked) -> bool:
    return not is_own_work(views, need, asked)


def _is_to_call_on(views: Reads, need: Json, asked: Asked) -> bool:
    """Where nobody raised it for themself, who serves the place calls on them."""
    if need.get("beneficiary") == need["by"]:
        return False
    return _is_anothers_work(views, need, asked)


def _need(views: Reads, need: Json, asked: Asked) -> Json:
    return {
        "title": called(need),
        "place": need["community"],
        "names": {"need": need["id"]},
    }


def _unclaimed_need(views: Reads, need: Json, asked: Asked) -> Json:
    return _need(views, need, asked) | {"since": need["verified_at"]}


def _judged(views: Reads, need: Json, asked: Asked, *, by: str) -> Json:
    """The need with the words of this name, for who is to judge it."""
    note = need["notes"].get(by)
    words = asked.note(note) if note else ""
    return _need(views, need, asked) | if_any(words=words)


TASKS = (
    Task(
        "need_to_verify",
        _raised,
        partial(_judged, by="words"),
        "get_need",
        ("verify_need", "reject_need", "ask_resident"),
        waits=_is_to_handle,
    ),
    Task(
        "need_unclaimed",
        _unclaimed,
        _unclaimed_need,
        "get_need",
        ("dispatch_need",),
        is_dated=True,
        waits=_is_to_handle,
    ),
    Task(
        "need_appeal",
        _appealed,
        partial(_judged, by="appeal"),
        "get_need",
        ("decide_need_appeal",),
        waits=_is_anothers_decision,
    ),
    Task(
        "need_disputed",
        _disputed,
        partial(_judged, by="complaint"),
        "get_need",
        ("send_back_need", "settle_need"),
        waits=_is_anothers,
    ),
    Task(
        "need_to_call_on",
        _fulfilled,
        _need,
        "get_need",
        ("confirm_need", "dispute_need"),
        waits=_is_to_call_on,
    ),
    Task(
        "need_question",
        _asked_about,
        partial(_judged, by="question"),
        "get_need",
        ("answer_need",),
        waits=_is_to_answer,
    ),
    Task(
        "need_to_confirm",
        _to_confirm,
        _need,
        "get_need",
        ("confirm_need", "dispute_need"),
        waits=_is_anothers_work,
    ),
)
