"""What becomes of a unit once it is approved: the approval taken back, suspended and reinstated, ended."""

from schemas.documents import Json
from services.cobuild.folds.commitments import UNFINISHED
from services.cobuild.model.lifecycles import COMMITMENT, OFFERING
from services.cobuild.rules.units import fact, to_decide_on
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.views import Find, Reads

LONGEST_REASON = 200
MOST_COUNTED = 1000


def withdraw_approval(docs: Reads, command: Json, asked: Asked) -> Fact:
    """As long as nothing rests on it."""
    unit = to_decide_on(docs, command, asked, "unapprove")
    if rests := _rests_on(docs, unit):
        says = f"“{unit['name']}”{rests}，通过的决定不能撤销；可以暂停或终止"
        raise Refused("something_rests_on_it", says, path="unit", source="activities")
    return fact(
        "unit_approval_withdrawn.v1", unit["id"], {**command, "by": asked.actor.id}
    )


def suspend(docs: Reads, command: Json, asked: Asked) -> Fact:
    unit = to_decide_on(docs, command, asked, "suspend")
    struck = [
        _struck(_count(docs, "offerings", unit, "published"), "项资源不再可约"),
        _struck(_count(docs, "commitments", unit, "held"), "项还没开始的认领退回"),
        _struck(
            _count(docs, "commitments", unit, "underway"), "项办理中的由它继续办完"
        ),
    ]
    _must_be_confirmed(unit, "暂停", struck, command)
    return fact("unit_suspended.v1", unit["id"], _told(command, asked))


def reinstate(docs: Reads, command: Json, asked: Asked) -> Fact:
    unit = to_decide_on(docs, command, asked, "reinstate")
    return fact("unit_reinstated.v1", unit["id"], {"by": asked.actor.id})


def end(docs: Reads, command: Json, asked: Asked) -> Fact:
    unit = to_decide_on(docs, command, asked, "end")
    offered = sum(
        _count(docs, "offerings", unit, state)
        for state in OFFERING.steps["retire"].before
    )
    taken = sum(_count(docs, "commitments", unit, state) for state in UNFINISHED)
    struck = [
        _struck(offered, "项资源下架"),
        _struck(taken, "项没有办完的项目退回，由别的单位认领"),
    ]
    _must_be_confirmed(unit, "终止", struck, command)
    return fact("unit_ended.v1", unit["id"], _told(command, asked))


def give_back(docs: Reads, commitment: Json, asked: Asked) -> Fact | None:
    """What a unit suspended or ended will not do, for others to take on."""
    if commitment["state"] not in COMMITMENT.steps["give_up"].before:
        return None
    unit = docs.the("units", commitment["unit"])
    told = {
        "commitment": commitment["id"],
        "unit": unit["id"],
        "by": commitment["given_back_by"],
    }
    reason = f"{unit['name']}{commitment['given_back_as']}"
    data = {"need": commitment["need"], **told, "reason": reason[:LONGEST_REASON]}
    return Fact("commitment_withdrawn.v1", f"need/{commitment['need']}", data)


def retire_of_ended(docs: Reads, offering: Json, asked: Asked) -> Fact:
    return Fact(
        "offering_retired.v1",
        f"offering/{offering['id']}",
        {"offering": offering["id"]},
    )


def _rests_on(docs: Reads, unit: Json) -> str:
    """In words, what rests on the approval; "" when nothing does."""
    if any(_count(docs, "offerings", unit, state) for state in OFFERING.texts):
        return "已发布过资源"
    if docs.find(Find("commitments", {"unit": unit["id"]}, "taken_at", limit=1)):
        return "已认领过需求"
    if docs.find(Find("meetings", {"chair": unit["id"]}, "held_at", limit=1)):
        return "已主持过联席会议"
    return "已办过活动" if docs.get("hosts", f"unit/{unit['id']}") else ""


def _count(docs: Reads, collection: str, unit: Json, state: str) -> int:
    by = "valid_until" if collection == "offerings" else "taken_at"
    return len(
        docs.find(
            Find(
                collection, {"unit": unit["id"], "state": state}, by, limit=MOST_COUNTED
            )
        )
    )


def _struck(count: int, becomes: str) -> str:
    return f"{count} {becomes}" if count else ""


def _must_be_confirmed(unit: Json, step: str, struck: list[str], command: Json) -> None:
    """Raises with what else it strikes, unless that was known to who asks."""
    said = "，".join(filter(None, struck))
    if said and not command.get("confirm"):
        says = f"{step}“{unit['name']}”还会影响：{said}。仍要{step}请填 confirm: true"
        raise Refused("strikes_others", says, path="confirm")


def _told(command: Json, asked: Asked) -> Json:
    return {"reason": command["reason"], "by": asked.actor.id}
