"""A life cycle: what it allows, what it says when it does not, and that every one declared makes sense."""

import re

import pytest

from services.kit.errors import Refused
from services.kit.lifecycle import LifeCycle, Step
from services.xfh.commands.lifecycles import CAUSES
from services.xfh.registry import SERVICES, load
from tests.given import refused

LAMP = LifeCycle(
    "lamp",
    "灯",
    {"off": "关着", "on": "亮着", "broken": "坏了"},
    {
        "light": Step("点亮", ("off",), "on"),
        "dim": Step("调暗", ("on",)),
        "break": Step("损坏", ("off", "on"), "broken", cause="time"),
    },
)
ALL = [
    pytest.param(life, id=f"{name}-{life.subject}")
    for name in SERVICES
    for life in load(name).lifecycles
]


def test_it_begins_in_the_first_state_listed() -> None:
    assert LAMP.initial == "off"
    assert LAMP.begun({"id": "L1"}) == {
        "id": "L1",
        "state": "off",
        "state_text": "关着",
    }


def test_a_step_leads_to_its_state_and_keeps_the_rest() -> None:
    lamp = LAMP.begun({"id": "L1", "watts": 5})
    assert LAMP.after(lamp, "light") == {
        "id": "L1",
        "watts": 5,
        "state": "on",
        "state_text": "亮着",
    }


def test_a_step_leading_nowhere_leaves_the_state() -> None:
    lamp = LAMP.after(LAMP.begun({"id": "L1"}), "light")
    assert LAMP.after(lamp, "dim") == lamp


def test_a_document_is_never_changed_only_made_anew() -> None:
    lamp = LAMP.begun({"id": "L1"})
    LAMP.after(lamp, "light")
    assert lamp["state"] == "off"


def test_a_step_is_allowed_in_each_of_the_states_before_it() -> None:
    for state in ("off", "on"):
        LAMP.must_allow({"state": state}, "break", "台灯")


def test_a_forbidden_step_is_refused_by_its_name_saying_what_is_and_what_should_be() -> (
    None
):
    with refused(
        "cannot_break", says="“台灯”现在是“坏了”，不能“损坏”；只有“关着”“亮着”时可以"
    ):
        LAMP.must_allow({"state": "broken"}, "break", "台灯")


@pytest.mark.parametrize(
    ("state", "step", "is_so"),
    [
        ("on", "light", True),
        ("broken", "light", False),
        ("broken", "break", True),
        ("off", "dim", False),
    ],
)
def test_who_asks_for_what_is_so_already_is_told_so(
    state: str, step: str, is_so: bool
) -> None:
    with pytest.raises(Refused) as caught:
        LAMP.must_allow({"state": state}, step, "台灯")
    assert caught.value.is_so is is_so


def test_a_step_nobody_declared_is_a_defect() -> None:
    with pytest.raises(KeyError):
        LAMP.must_allow({"state": "off"}, "polish", "台灯")


@pytest.mark.parametrize("life", ALL)
def test_every_step_joins_states_that_are_declared(life: LifeCycle) -> None:
    for name, step in life.steps.items():
        assert re.fullmatch("[a-z_]+", name)
        assert step.before, f"{name} can never be taken"
        assert {*step.before, step.after or life.initial} <= life.texts.keys(), name
        assert step.cause in CAUSES


@pytest.mark.parametrize("life", ALL)
def test_every_state_is_reached(life: LifeCycle) -> None:
    reached = {life.initial}
    for _ in life.texts:
        reached |= {
            step.after
            for step in life.steps.values()
            if step.after and reached & set(step.before)
        }
    assert reached == life.texts.keys()


@pytest.mark.parametrize("life", ALL)
def test_no_two_states_read_the_same(life: LifeCycle) -> None:
    assert len(set(life.texts.values())) == len(life.texts)
