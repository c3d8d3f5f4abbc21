"""How much one person may ask for, in a day and open at a time; counted from what happened."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from services.cobuild.rules import bounds, needs, units
from services.kit.entrypoints import Asked
from services.kit.persons.machines import hands_of
from services.kit.views import Overlay
from services.xfh.demo.plan import credit_code
from tests.examples import cobuild as examples
from tests.given import NOW, asked, refused
from tests.unit.cobuild.stage import RESIDENT, STREET, WORKER, stage, take

RAISE = examples.COMMANDS["raise_need"]


def raised(docs: Overlay, number: int, who: Asked, **said: Any) -> str:
    """The id of one more need of theirs."""
    day = NOW + timedelta(days=number // bounds.OWN_NEEDS.a_day)
    id = f"N{number + 1:04}"
    take(
        docs, needs.raise_need(docs, {**RAISE, **said}, Asked(who.actor, day, id)), day
    )
    return id


def at(who: Asked, days: int, id: str = "NX") -> Asked:
    return Asked(who.actor, NOW + timedelta(days=days), id)


def test_a_resident_raises_five_needs_a_day_and_the_next_day_more() -> None:
    docs = stage()
    for number in range(5):
        raised(docs, number, RESIDENT)
    with refused("too_many_today", says="今天已经提交 5 项需求，请明天再来"):
        needs.raise_need(docs, RAISE, at(RESIDENT, 0))
    assert needs.raise_need(docs, RAISE, at(RESIDENT, 1))
    assert needs.raise_need(docs, RAISE, at(asked(("resident", "*"), id="P8"), 0))


def test_a_resident_has_twenty_needs_open_and_more_when_some_are_over() -> None:
    docs = stage()
    ids = [raised(docs, number, RESIDENT) for number in range(20)]
    with refused("too_many_open", says="已有 20 项需求还没有办完"):
        needs.raise_need(docs, RAISE, at(RESIDENT, 30))
    take(
        docs,
        needs.withdraw_need(
            docs, {"need": ids[0], "reason": "已经解决"}, at(RESIDENT, 30)
        ),
    )
    assert needs.raise_need(docs, RAISE, at(RESIDENT, 30))


def test_what_workers_raise_for_somebody_is_bounded_more_widely_whoever_of_them_does() -> (
    None
):
    docs = stage()
    theirs = {"beneficiary": "P1"}
    another = asked(("community_worker", examples.COMMUNITY), id="P66")
    for number in range(bounds.NEEDS_BY_A_WORKER.a_day):
        who = another if number % 2 else WORKER
        take(
            docs, needs.raise_need(docs, {**RAISE, **theirs}, at(who, 0, f"W{number}"))
        )
    with refused("too_many_today"):
        needs.raise_need(docs, {**RAISE, **theirs}, at(WORKER, 0))
    assert needs.raise_need(docs, RAISE, at(WORKER, 0)), (
        "what is for the place counts for nobody there"
    )


def test_what_a_worker_raises_for_somebody_uses_up_nothing_of_their_own() -> None:
    docs = stage()
    for number in range(bounds.OWN_NEEDS.open):
        take(
            docs,
            needs.raise_need(
                docs,
                {**RAISE, "beneficiary": "P1"},
                at(WORKER, number // 20, f"W{number}"),
            ),
        )
    for number in range(bounds.OWN_NEEDS.a_day):
        raised(docs, number, RESIDENT)
    with refused("too_many_today"):
        needs.raise_need(docs, RAISE, at(RESIDENT, 0))


def test_who_serves_the_place_is_a_resident_like_any_other_for_themself() -> None:
    docs, own = stage(), {"beneficiary": "P6"}
    for number in range(5):
        take(
            docs, needs.raise_need(docs, {**RAISE, **own}, at(WORKER, 0, f"W{number}"))
        )
    with refused("too_many_today"):
        needs.raise_need(docs, {**RAISE, **own}, at(WORKER, 0))


def registered(docs: Overlay, number: int, who: Asked) -> str:
    unit = {
        **examples.COMMANDS["register_unit"],
        "name": f"第{number}单位",
        "credit_code": credit_code(number),
    }
    take(docs, units.register_unit(docs, unit, Asked(who.actor, NOW, f"V{number}")))
    return f"V{number}"


def test_who_applies_for_units_waits_for_five_of_them_at_a_time() -> None:
    docs, liaison = stage(), asked(("unit_liaison", "unit/U9"), id="P2")
    ids = [registered(docs, number, liaison) for number in range(5)]
    another = {**examples.COMMANDS["register_unit"], "credit_code": credit_code(9)}
    with refused("too_many_open", says="已有 5 个单位的登记还没有办完"):
        units.register_unit(docs, another, liaison)
    take(docs, units.reject_unit(docs, {"unit": ids[0], "reason": "资料不全"}, STREET))
    assert units.register_unit(docs, another, liaison)


def test_who_applies_for_units_may_not_go_on_all_day_however_fast_they_are_rejected() -> (
    None
):
    docs, liaison = stage(), asked(("unit_liaison", "unit/U9"), id="P2")
    for number in range(bounds.UNITS.a_day):
        unit = registered(docs, number, liaison)
        take(
            docs, units.reject_unit(docs, {"unit": unit, "reason": "资料不全"}, STREET)
        )
    with refused("too_many_today"):
        registered(docs, 99, liaison)


def test_a_street_registers_as_many_units_of_its_own_as_there_are() -> None:
    docs = stage()
    for number in range(bounds.UNITS.a_day + 1):
        registered(docs, number, STREET)


def by_keys(docs: Overlay, *roles: tuple[str, str]) -> list[Asked]:
    """A person, and twenty keys of theirs; another has one."""
    makers = {f"K{number}": "P2" for number in range(20)} | {"K99": "P9"}
    for key, maker in makers.items():
        docs.put("machines", {"id": key, "maker": maker})
    ids = {"P2": "", **makers}
    return [
        replace(asked(*roles), actor=actor, by_whatever=partial(hands_of, docs))
        for id, maker in ids.items()
        for actor in [replace(asked(*roles, id=id).actor, maker=maker)]
    ]


def test_whoever_has_twenty_keys_has_one_bound() -> None:
    docs = stage()
    *own, another = by_keys(docs, ("unit_liaison", "unit/U9"))
    for number, who in enumerate(own[:5]):
        unit = examples.COMMANDS["register_unit"] | {
            "credit_code": credit_code(number),
            "name": f"第{number}单位",
        }
        take(docs, units.register_unit(docs, unit, replace(who, new_id=f"V{number}")))
    unit = examples.COMMANDS["register_unit"] | {"credit_code": credit_code(9)}
    for who in own:
        with refused("too_many_open"):
            units.register_unit(docs, unit, who)
    assert units.register_unit(docs, unit, another)


def test_what_keys_raise_for_a_place_is_their_makers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounds, "NEEDS_OF_A_PLACE", bounds.Bounds(3, 9))
    docs = stage()
    *own, another = by_keys(docs, ("community_worker", examples.COMMUNITY))
    for number, who in enumerate(own[:3]):
        take(docs, needs.raise_need(docs, RAISE, replace(who, new_id=f"W{number}")))
    for who in own:
        with refused("too_many_today"):
            needs.raise_need(docs, RAISE, who)
    assert needs.raise_need(docs, RAISE, another)
