"""Correcting the terms of what was published, as far as that takes nothing from those who have signed up.

More may be let in at any time. Fewer only while nobody has signed up: what was said of ages and households is kept
nowhere, so nobody could tell who would lose the seat.
"""

from datetime import timedelta

from schemas.documents import Json
from services.activities.model.seating import seating_at
from services.activities.model.times import moment, starts_of
from services.activities.rules.sessions import all_planned, named
from services.district import territory
from services.kit.errors import Invalid, Refused
from services.kit.views import Reads

YOUNGEST, OLDEST = 0, 120


def corrected(docs: Reads, activity: Json, before: Json, command: Json) -> Json:
    """`{terms}` as they are after the command; nothing where it does not speak of them.

    What is not said stays, what is said to be null matters no longer.
    """
    if "terms" not in command:
        return {}
    merged = before["terms"] | command["terms"]
    terms = {name: value for name, value in merged.items() if value is not None}
    _must_make_sense(docs, terms)
    if narrowed := _narrowed(before["terms"], terms):
        _must_be_nobodys(docs, activity, narrowed)
    if before["terms"].get("approval") and not terms.get("approval"):
        _must_be_decided(docs, activity)
    return {"terms": terms}


def must_not_be_sooner(
    docs: Reads, changed: dict[str, Json], plans: dict[str, Json]
) -> None:
    """Raises when sign-up would end sooner before the start, and who has signed up could cancel for less long."""
    for id, plan in changed.items():
        if _ends_sooner(plan, plans[id]) and _is_signed_up_for(docs, id):
            session = named(docs.the("sessions", id))
            why = "他们可以在原来的截止时间以前取消；报名截止时间只能推后，不能提前"
            says = f"{session}已有人报名，{why}"
            raise Refused("cutoff_counted_on", says, path="cutoff")


def _ends_sooner(plan: Json, before: Json) -> bool:
    """Whether sign-up ends earlier, and longer before the start: a session may move with its cutoff."""
    earlier = plan["cutoff"] < before["cutoff"]
    return bool(earlier and _lead(plan) > _lead(before))


def _lead(plan: Json) -> timedelta:
    return starts_of(plan) - moment(plan["cutoff"])


def _must_make_sense(docs: Reads, terms: Json) -> None:
    if terms.get("least_age", YOUNGEST) > terms.get("most_age", OLDEST):
        says = "最大年龄不能小于最小年龄"
        raise Invalid(says, code="ages_out_of_order", path="terms/most_age")
    for place, code in enumerate(terms.get("communities", [])):
        territory.known(docs, code, f"terms/communities/{place}")


def _narrowed(before: Json, after: Json) -> str:
    """The first of the terms by which fewer are let in, with what is done to it; empty when there is none."""
    if after.get("least_age", YOUNGEST) > before.get("least_age", YOUNGEST):
        return "least_age"
    if after.get("most_age", OLDEST) < before.get("most_age", OLDEST):
        return "most_age"
    if _leaves_out(before, after):
        return "communities"
    if after.get("one_per_household") and not before.get("one_per_household"):
        return "one_per_household"
    return ""


def _leaves_out(before: Json, after: Json) -> bool:
    """Where none are named, everybody may come, wherever they live."""
    if "communities" not in after:
        return False
    if "communities" not in before:
        return True
    return not set(before["communities"]) <= set(after["communities"])


NARROWED = {
    "least_age": "提高最小年龄", "most_age": "降低最大年龄", "communities": "减少面向的社区",
    "one_per_household": "改为每户限报一次",
}  # fmt: skip


def _must_be_nobodys(docs: Reads, activity: Json, narrowed: str) -> None:
    for session in all_planned(docs, activity["id"]):
        if _is_signed_up_for(docs, session["id"]):
            how = f"{NARROWED[narrowed]}可能使其中有的人不再符合"
            says = f"{named(session)}已有人报名，{how}，不能这样改"
            raise Refused("terms_counted_on", says, path=f"terms/{narrowed}")


def _must_be_decided(docs: Reads, activity: Json) -> None:
    """Whoever signs up from now on is seated at once: not before those who have been waiting for a yes."""
    for session in all_planned(docs, activity["id"]):
        if requested := seating_at(docs, session["id"])["requested"]:
            waiting = f"{named(session)}还有 {requested} 组报名待审核"
            says = f"{waiting}，先到的不能排在后来的后面；请先审核，再取消审核"
            raise Refused("requests_undecided", says, path="terms/approval")


def _is_signed_up_for(docs: Reads, session: str) -> bool:
    seating = seating_at(docs, session)
    seats = seating["taken"] + seating["offered"]
    parties = seating["waiting"] + seating["requested"]
    return seats + parties > 0
