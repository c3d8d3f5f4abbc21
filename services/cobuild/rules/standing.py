"""What becomes of a unit once it is approved: the approval taken back, suspended and reinstated, ended."""

from schemas.documents import Json, pick
from services.cobuild.model.lifecycles import COMMITMENT, OFFERING, UNFINISHED, UNIT
from services.cobuild.rules.facts import of_commitment
from services.cobuild.rules.rights import unit_to_decide
from services.district.standing import has_hosted, must_be_confirmed
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.views import Find, Reads

LONGEST_REASON = 200
MOST_COUNTED = 1000


def withdraw_approval(docs: Reads, command: Json, asked: Asked) -> Fact:
    """As long as nothing rests on it."""
    unit = unit_to_decide(docs, command, asked, "unapprove")
    if rests := _rests_on(docs, unit):
        says = f"“{unit['name']}”{rests}，通过的决定不能撤销；可以暂停或终止"
        raise Refused("something_rests_on_it", says, path="unit", source="activities")
    content = command | {"by": asked.actor.id}
    return UNIT.fact("unit_approval_withdrawn.v1", unit["id"], content)


def suspend(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Raises until what it strikes is confirmed. What is under way the unit carries through."""
    unit = unit_to_decide(docs, command, asked, "suspend")
    offered = _offerings(docs, unit, "published")
    held = _commitments(docs, unit, "held")
    underway = _commitments(docs, unit, "underway")
    struck = [
        _struck(offered, "项资源不再可约"),
        _struck(held, "项还没开始的认领退回"),
        _struck(underway, "项办理中的由它继续办完"),
    ]
    _must_be_confirmed(unit, "暂停", struck, command)
    content = pick(command, "reason") | {"by": asked.actor.id}
    return UNIT.fact("unit_suspended.v1", unit["id"], content)


def reinstate(docs: Reads, command: Json, asked: Asked) -> Fact:
    unit = unit_to_decide(docs, command, asked, "reinstate")
    return UNIT.fact("unit_reinstated.v1", unit["id"], {"by": asked.actor.id})


def end(docs: Reads, command: Json, asked: Asked) -> Fact:
    """For good. Raises until what it strikes is confirmed; all it has not finished goes to others."""
    unit = unit_to_decide(docs, command, asked, "end")
    offered = _offerings(docs, unit, *OFFERING.steps["retire"].before)
    taken = _commitments(docs, unit, *UNFINISHED)
    struck = [
        _struck(offered, "项资源下架"),
        _struck(taken, "项没有办完的项目退回，由别的单位认领"),
    ]
    _must_be_confirmed(unit, "终止", struck, command)
    content = pick(command, "reason") | {"by": asked.actor.id}
    return UNIT.fact("unit_ended.v1", unit["id"], content)


def give_back(docs: Reads, commitment: Json, asked: Asked) -> Fact | None:
    """What a unit suspended or ended will not do, for others to take on."""
    if commitment["state"] not in COMMITMENT.steps["give_up"].before:
        return None
    unit = docs.the("units", commitment["unit"])
    reason = f"{unit['name']}{commitment['given_back_as']}"[:LONGEST_REASON]
    by = commitment["given_back_by"]
    content = {"unit": unit["id"], "reason": reason, "by": by}
    return of_commitment("commitment_withdrawn.v1", commitment, content)


def retire_of_ended(docs: Reads, offering: Json, asked: Asked) -> Fact:
    return OFFERING.fact("offering_retired.v1", offering["id"])


def _rests_on(docs: Reads, unit: Json) -> str:
    """In words, what rests on the approval; "" when nothing does."""
    id = unit["id"]
    if _offerings(docs, unit, *OFFERING.texts):
        return "已发布过资源"
    if docs.find(Find("commitments", {"unit": id}, "taken_at", limit=1)):
        return "已认领过需求"
    if docs.find(Find("meetings", {"chair": id}, "held_at", limit=1)):
        return "已主持过联席会议"
    return "已办过活动" if has_hosted(docs, f"unit/{id}") else ""


def _offerings(docs: Reads, unit: Json, *states: str) -> int:
    return _count(docs, "offerings", "valid_until", unit, states)


def _commitments(docs: Reads, unit: Json, *states: str) -> int:
    return _count(docs, "commitments", "taken_at", unit, states)


def _count(
    docs: Reads, collection: str, by: str, unit: Json, states: tuple[str, ...]
) -> int:
    """How many the unit has in these states."""
    count = 0
    for state in states:
        where = {"unit": unit["id"], "state": state}
        count += docs.count(Find(collection, where, by, limit=MOST_COUNTED))
    return count


def _struck(count: int, becomes: str) -> str:
    return f"{count} {becomes}" if count else ""


def _must_be_confirmed(unit: Json, step: str, struck: list[str], command: Json) -> None:
    """Raises with what else it strikes, unless that was known to who asks."""
    besides = "，".join(filter(None, struck))
    if besides:
        strikes = f"{step}“{unit['name']}”还会影响：{besides}"
        must_be_confirmed(command, f"{strikes}。仍要{step}请填 confirm: true")
