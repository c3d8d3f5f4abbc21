"""What of cobuild waits for somebody: for the street, the community's workers, whose need it is, and the units."""

from schemas.documents import Json
from schemas.fields import instant
from services.cobuild.rules.needs import is_own_work
from services.cobuild.rules.rights import called, serves, the
from services.district.appeals import is_another
from services.district.authority import STREET
from services.district.waiting import Shown, Task, Where, in_offices, in_places
from services.kit.entrypoints import Asked
from services.kit.views import Find, Reads

HANDLERS = ("community_worker", *STREET)
LONGEST_TITLE = 60


def _registered(asked: Asked) -> list[Find]:
    places = in_places(asked.actor, *STREET)
    return [
        Find("units", {**place, "state": "registered"}, "waits_since")
        for place in places
    ]


def _appealed_units(asked: Asked) -> list[Find]:
    places = in_places(asked.actor, *STREET)
    return [
        Find("units", {**place, "state": "appealed"}, "waits_since") for place in places
    ]


def _appealed_unit(views: Reads, unit: Json, asked: Asked) -> Json:
    words = asked.note(unit["appeal_note"])
    return {**_unit(views, unit, asked), **({"words": words} if words else {})}


def _unit(views: Reads, unit: Json, asked: Asked) -> Json:
    return {
        "title": unit["name"],
        "place": unit["community"],
        "names": {"unit": unit["id"]},
    }


# Needs


def _handled(asked: Asked, state: str) -> list[Find]:
    places = in_places(asked.actor, *HANDLERS)
    return [Find("needs", {**place, "state": state}, "waits_since") for place in places]


def _raised(asked: Asked) -> list[Find]:
    return _handled(asked, "raised")


def _appealed(asked: Asked) -> list[Find]:
    return _handled(asked, "appealed")


def _disputed(asked: Asked) -> list[Find]:
    return _handled(asked, "disputed")


def _fulfilled(asked: Asked) -> list[Find]:
    return _handled(asked, "fulfilled")


def _unclaimed(asked: Asked) -> list[Find]:
    places, now = in_places(asked.actor, *HANDLERS), instant(asked.now)
    return [
        Find("needs", {**place, "state": "verified"}, "claim_by", until=now)
        for place in places
    ]


def _asked_about(asked: Asked) -> list[Find]:
    return [
        Find("needs", {whose: asked.actor.id}, "asked_at")
        for whose in ("beneficiary", "by")
    ]


def _to_confirm(asked: Asked) -> list[Find]:
    return [
        Find(
            "needs",
            {"beneficiary": asked.actor.id, "state": "fulfilled"},
            "waits_since",
        )
    ]


def _is_not_asked_about(views: Reads, need: Json, asked: Asked) -> bool:
    return not need["waiting"]


def _is_to_answer(views: Reads, need: Json, asked: Asked) -> bool:
    """By whose need it is; of a community's need, by the worker who raised it."""
    if "beneficiary" in need:
        return bool(need["beneficiary"] == asked.actor.id)
    return serves(asked, need["community"])


def _is_anothers_decision(views: Reads, doc: Json, asked: Asked) -> bool:
    return is_another(doc, asked)


def _is_anothers_work(views: Reads, need: Json, asked: Asked) -> bool:
    return not is_own_work(views, need, asked)


def _is_to_call_on(views: Reads, need: Json, asked: Asked) -> bool:
    """Where nobody raised it for themself, who serves the place calls on them."""
    return need.get("beneficiary") != need["by"] and _is_anothers_work(
        views, need, asked
    )


def _need(views: Reads, need: Json, asked: Asked) -> Json:
    return {
        "title": called(need),
        "place": need["community"],
        "names": {"need": need["id"]},
    }


def _unclaimed_need(views: Reads, need: Json, asked: Asked) -> Json:
    return {**_need(views, need, asked), "since": need["verified_at"]}


def _said(name: str) -> Shown:
    """The need with what was written of it, for who is to judge it."""

    def shown(views: Reads, need: Json, asked: Asked) -> Json:
        words = asked.note(need["notes"][name]) if name in need["notes"] else ""
        return {**_need(views, need, asked), **({"words": words} if words else {})}

    return shown


# Commitments


def _held(asked: Asked) -> list[Find]:
    units = in_offices(asked.actor, "unit_liaison", "unit")
    return [
        Find("commitments", {**unit, "state": "held"}, "lease_until") for unit in units
    ]


def _underway(asked: Asked) -> list[Find]:
    units = in_offices(asked.actor, "unit_liaison", "unit")
    return [
        Find("commitments", {**unit, "state": "underway"}, "due_at") for unit in units
    ]


def _commitment(views: Reads, commitment: Json, asked: Asked) -> Json:
    names = {"commitment": commitment["id"]}
    told = {
        "title": commitment["title"],
        "place": commitment["community"],
        "names": names,
    }
    return {**told, "since": commitment["taken_at"]}


# Meetings


def _met(asked: Asked) -> list[Find]:
    now = instant(asked.now)
    wheres = [
        *in_offices(asked.actor, "unit_liaison", "unit", "chair"),
        *_meeting_places(asked),
    ]
    return [
        Find("meetings", {**where, "state": "called"}, "held_at", until=now)
        for where in wheres
        if where
    ]


def _resolved(asked: Asked) -> list[Find]:
    return [
        Find("resolutions", {**place, "outcome": "open"}, "passed_at")
        for place in _meeting_places(asked)
    ]


def _meeting_places(asked: Asked) -> list[Where]:
    """A meeting is of the street that called it, or of the district or community."""
    return [
        {"division": str(code)}
        for place in in_places(asked.actor, *STREET)
        for code in place.values()
    ]


def _is_of_a_meeting(views: Reads, resolution: Json, asked: Asked) -> bool:
    return bool(the(views, "meetings", resolution["meeting"])["state"] != "cancelled")


def _meeting(views: Reads, meeting: Json, asked: Asked) -> Json:
    told = {"title": meeting["place"][:LONGEST_TITLE], "place": meeting["division"]}
    return {**told, "names": {"meeting": meeting["id"]}}


def _resolution(views: Reads, resolution: Json, asked: Asked) -> Json:
    names = {"meeting": resolution["meeting"], "resolution": resolution["id"]}
    return {
        "title": resolution["text"][:LONGEST_TITLE],
        "place": resolution["division"],
        "names": names,
    }


CONCLUDES = (
    "record_attendance",
    "record_minutes",
    "conclude_meeting",
    "cancel_meeting",
)
TASKS = (
    Task(
        "unit_to_approve",
        _registered,
        _unit,
        "get_unit",
        ("approve_unit", "reject_unit"),
    ),
    Task(
        "unit_appeal",
        _appealed_units,
        _appealed_unit,
        "get_unit",
        ("decide_unit_appeal",),
        waits=_is_anothers_decision,
    ),
    Task(
        "need_to_verify",
        _raised,
        _said("words"),
        "get_need",
        ("verify_need", "reject_need", "ask_resident"),
        waits=_is_not_asked_about,
    ),
    Task(
        "need_unclaimed",
        _unclaimed,
        _unclaimed_need,
        "get_need",
        ("dispatch_need",),
        is_dated=True,
        waits=_is_not_asked_about,
    ),
    Task(
        "need_appeal",
        _appealed,
        _said("appeal"),
        "get_need",
        ("decide_need_appeal",),
        waits=_is_anothers_decision,
    ),
    Task(
        "need_disputed",
        _disputed,
        _said("complaint"),
        "get_need",
        ("send_back_need", "settle_need"),
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
        _said("question"),
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
    Task(
        "commitment_to_begin",
        _held,
        _commitment,
        "get_commitment",
        ("begin_commitment", "decline_commitment", "give_up_commitment"),
        is_dated=True,
    ),
    Task(
        "commitment_due",
        _underway,
        _commitment,
        "get_commitment",
        ("fulfil_commitment", "postpone_commitment", "give_up_commitment"),
        is_dated=True,
    ),
    Task("meeting_to_conclude", _met, _meeting, "get_meeting", CONCLUDES),
    Task(
        "resolution_to_carry_out",
        _resolved,
        _resolution,
        "get_meeting",
        ("undertake_resolution",),
        waits=_is_of_a_meeting,
    ),
)
