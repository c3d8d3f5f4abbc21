"""Targets: who sets them, for what, and how they stand beside the figures."""

import pytest

from schemas import metrics as schemas
from schemas.documents import Json
from services.kit.actor import Actor, Role
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Refused
from services.kit.log import Fact
from services.kit.views import Overlay
from services.metrics.service import Metrics
from services.metrics.views.targets import beside_target, list_targets
from tests.examples import metrics as examples
from tests.examples.fit import assert_examples_fit
from tests.given import (
    DIVISIONS,
    NOW,
    asked,
    example_of,
    given,
    given_from,
    marked,
    refused,
)

ADMIN = asked(("district_admin", "510108"), id="P9")
AIM = examples.AIM


def stage(*facts: Fact) -> Overlay:
    return given_from(given(Metrics, *facts), Metrics, "branches", *DIVISIONS)


def set_target(who: Asked = ADMIN, **changes: object) -> Fact:
    return marked(Metrics, "set_target")(stage(), {**AIM, **changes}, who)


def test_examples_are_complete_and_fit() -> None:
    assert_examples_fit(Metrics, schemas, examples)


def test_the_district_sets_a_target() -> None:
    assert set_target() == Fact(
        "target_set.v1", f"target/{examples.TARGET}", examples.EVENTS["target_set.v1"]
    )


def test_only_who_administers_the_whole_scope_sets_its_target() -> None:
    with refused("out_of_scope", Forbidden, "“甲区”"):
        set_target(asked(("district_admin", "510109")))


def test_a_place_nobody_has_recorded_has_no_target() -> None:
    with refused("unknown_division", Refused, "510108099"):
        set_target(scope="510108099")


def test_a_rate_is_never_meant_to_be_more_than_the_whole() -> None:
    with refused("over_one", Invalid, "认领率"):
        set_target(value=10_001)
    assert set_target(value=10_000).data["value"] == 10_000
    assert set_target(figure="person_times", value=10_001).data["value"] == 10_001


def test_what_is_neither_good_nor_bad_has_no_target() -> None:
    with refused("no_target", Invalid, "收到需求"):
        set_target(figure="needs_received")


@pytest.mark.parametrize(
    ("figure", "target", "value", "beside"),
    [
        (
            "claim_rate",
            8500,
            0.9,
            {"target": 0.85, "progress": 1.0588, "reached": True},
        ),
        (
            "claim_rate",
            8500,
            None,
            {"target": 0.85, "progress": None, "reached": False},
        ),
        ("response_p50", 60, 90, {"target": 60, "progress": 1.5, "reached": False}),
        (
            "asks_per_door",
            20,
            6.4,
            {"target": 20, "progress": 0.32, "reached": True},
        ),
        ("person_times", 0, 3, {"target": 0, "progress": None, "reached": True}),
    ],
)
def test_a_target_is_shown_with_progress(
    figure: str, target: int, value: float | None, beside: Json
) -> None:
    id = f"510108:2026-06:{figure}"
    docs = stage(
        example_of(examples, "target_set.v1", target=id, figure=figure, value=target)
    )
    assert beside_target(docs, id, value) == beside


def test_the_latest_target_is_the_one() -> None:
    docs = stage(
        example_of(examples, "target_set.v1"),
        example_of(examples, "target_set.v1", value=9000),
    )
    assert docs.the("targets", examples.TARGET)["value"] == 9000


def test_a_target_may_be_asked_for_by_whoever_reads_the_figures() -> None:
    analyst = Asked(Actor("P1", (Role("district_analyst", "510109"),)), NOW, "")
    with refused("out_of_scope", Forbidden):
        list_targets(stage(), {"scope": "510108", "limit": 20, "after": None}, analyst)
