"""Rounds: announced if a door is not asked too much by it, opened and closed by time, cancelled with a reason."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from schemas.documents import Json, without
from schemas.fields import instant
from services.district import territory
from services.district.authority import oversees
from services.district.calendar import day_ends, local_day
from services.grids.model import burden
from services.grids.model.answers import is_sensitive
from services.grids.model.lifecycles import ROUND
from services.grids.rules.rights import ROUNDS, must_work_in
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Refused
from services.kit.log import Fact
from services.kit.views import Find, Reads

NOT_CANCELLED = ("announced", "open", "closed")
MOST_ROUNDS = 1000
A_DAY = timedelta(days=1)
Where = dict[str, str]


def announce(docs: Reads, command: Json, asked: Asked) -> Fact:
    territory.known(docs, command["division"], "division", local_day(asked.now))
    must_work_in(docs, command["division"], asked)
    _must_lie_ahead(command, asked)
    _must_be_askable(command["items"])
    content = without(command, "override") | _burden(docs, command, asked)
    content |= {"opens_at": instant(day_ends(command["since"]) - A_DAY)}
    content |= {"closes_at": instant(day_ends(command["until"]))}
    content |= {"by": asked.actor.id}
    return ROUND.fact("round_announced.v1", asked.new_id, content)


def open(docs: Reads, round: Json, asked: Asked) -> Fact:
    return ROUND.fact("round_opened.v1", round["id"])


def close(docs: Reads, round: Json, asked: Asked) -> Fact:
    return ROUND.fact("round_closed.v1", round["id"])


def cancel(docs: Reads, command: Json, asked: Asked) -> Fact:
    round = ROUNDS.found(docs, command["round"], asked)
    must_work_in(docs, round["division"], asked)
    ROUND.must_allow(round, "cancel", round["title"])
    content = command | {"by": asked.actor.id}
    return ROUND.fact("round_cancelled.v1", round["id"], content)


def _must_lie_ahead(command: Json, asked: Asked) -> None:
    if command["until"] < command["since"]:
        says = "最后一天不能早于第一天"
        raise Invalid(says, code="ends_before_it_begins", path="until")
    if command["since"] < local_day(asked.now):
        says = "走访只能从今天或以后开始"
        raise Refused("begins_in_the_past", says, path="since")


def _must_be_askable(items: list[Json]) -> None:
    """Raises for an item twice, one that depends on none before it, and one nobody may ask at a door."""
    before: dict[str, Json] = {}
    for at, item in enumerate(items):
        if item["item"] in before:
            says = f"题目代号 {item['item']} 用了两次"
            raise Invalid(says, code="item_twice", path=f"items.{at}.item")
        if is_sensitive(item):
            says = f"“{item['title']}”不能入户询问：不登记姓名、证件、电话和测量数值"
            raise Refused("sensitive_item", says, path=f"items.{at}.title")
        if "only_if" in item and item["only_if"]["item"] not in before:
            says = "“什么时候才问”要指前面的一题"
            raise Invalid(says, code="unknown_item", path=f"items.{at}.only_if")
        before[item["item"]] = item


def _burden(docs: Reads, command: Json, asked: Asked) -> Json:
    """`{}`; or, above what a door may be asked, the rounds it meets and why a street goes on. Else raises `Refused`."""
    met = burden.over(command, rounds_near(docs, command["division"]))
    if not met:
        return {}
    reason = command.get("override")
    if reason is None or not oversees(asked.actor, command["division"]):
        raise _too_much(docs, met, wants=reason is not None)
    return {"over": met, "override": reason}


def _too_much(docs: Reads, met: list[str], *, wants: bool) -> Refused | Forbidden:
    titles = "、".join(f"“{docs.the('rounds', id)['title']}”" for id in met)
    limits = f"同时最多 {burden.MOST_AT_ONCE} 轮、每户每月最多 {burden.MOST_ITEMS_A_MONTH} 题"
    says = f"入户负担超出上限（{limits}），同期已有 {titles}"
    if wants:
        says = f"{says}；只有街道和区可以说明理由后仍要走访"
        return Forbidden(says, code="burden_too_high", path="override")
    return Refused("burden_too_high", f"{says}；请合并、改期或减少题目", path="items")


def rounds_near(docs: Reads, division: str) -> Iterator[Json]:
    """Those that go to some door of the division and have not been cancelled, each once."""
    wider = set(territory.lies_in(division).values()) - {division}
    wheres: list[Where] = [{"division": place} for place in sorted(wider)]
    wheres.append(territory.within({"division": division}))
    for where in wheres:
        for state in NOT_CANCELLED:
            yield from docs.find(_latest(where | {"state": state}))


def _latest(where: Where) -> Find:
    """What was over long ago is of no month that is still asked about."""
    return Find("rounds", where, "since", limit=MOST_ROUNDS, newest_first=True)


def is_open_at(round: Json, at: datetime) -> bool:
    """Whether doors were asked at that moment, whatever has become of the round since."""
    moment = instant(at)
    ends = min(round["closes_at"], round.get("cancelled_at", "~"))
    return bool(round["opens_at"] <= moment < ends)
