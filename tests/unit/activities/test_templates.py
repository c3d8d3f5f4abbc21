"""The same again: copies, templates, and the campaigns activities belong to."""

from datetime import timedelta
from typing import Any

import pytest

from schemas.documents import Json
from schemas.opening_hours import DAYS
from services.activities.model import lifecycles
from services.activities.rules import campaigns, changes, postings, templates
from services.activities.service import Activities
from services.kit.errors import Forbidden, Invalid, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import branches
from tests.examples.activities import ACTIVITY, CAMPAIGN, COMMANDS
from tests.given import asked, given_from, marked, refused
from tests.unit.activities.stage import (
    BEFORE,
    DRAFTED,
    PUBLISHED,
    STARTS,
    secretary,
    stage,
    street_admin,
)
from tests.unit.activities.test_dates import series, take
from tests.walk import Walk

NEXT_YEAR = STARTS + timedelta(days=200)


def saved(docs: Overlay | None = None, **said: Any) -> Fact:
    command = {**COMMANDS["save_template"], **said}
    return templates.save_template(
        docs or stage(PUBLISHED), command, secretary(new_id="T1")
    )


def with_template() -> Overlay:
    return given_from(stage(PUBLISHED), Activities, "activities", saved())


def test_a_copy_says_the_same_with_its_sessions_as_far_apart() -> None:
    docs = take(series(), ("start", 1), ("close", 1))
    command = {"activity": ACTIVITY, "starts_at": "2026-10-01T01:00:00.000Z"}
    copied = templates.copy_activity(docs, command, secretary(new_id="A2")).data
    assert [plan["starts_at"][:10] for plan in copied["sessions"]] == [
        "2026-10-01",
        "2026-10-02",
        "2026-10-03",
    ]
    assert [plan["session"] for plan in copied["sessions"]] == ["A2.1", "A2.2", "A2.3"]
    before = docs.the("contents", ACTIVITY)
    differing = {"activity", "sessions"}
    assert {n: v for n, v in copied.items() if n not in differing} == {
        n: v for n, v in before.items() if n not in differing | {"id", "seq"}
    }


def test_a_copy_is_not_made_for_the_past_or_by_strangers() -> None:
    with refused("in_the_past", Invalid):
        templates.copy_activity(
            stage(PUBLISHED),
            {"activity": ACTIVITY, "starts_at": "2026-06-01T01:00:00.000Z"},
            secretary(),
        )
    with refused("not_your_host", Forbidden):
        templates.copy_activity(
            stage(PUBLISHED),
            COMMANDS["copy_activity"],
            asked(("branch_secretary", "branch/B2")),
        )


def test_a_template_keeps_how_long_and_how_far_ahead() -> None:
    told = saved().data
    assert (told["owner"], told["minutes"], told["cutoff_min"]) == (
        "branch/B1",
        120,
        900,
    )


def test_an_activity_is_drafted_from_a_template() -> None:
    command = {**COMMANDS["draft_from_template"], "template": "T1", "place": "院坝"}
    told = templates.draft_from_template(
        with_template(), command, secretary(new_id="A2")
    )
    session = told.data["sessions"][0]
    assert told.type == "activity_drafted.v2"
    assert (session["starts_at"], session["ends_at"], session["cutoff"]) == (
        "2026-10-01T01:00:00.000Z",
        "2026-10-01T03:00:00.000Z",
        "2026-09-30T10:00:00.000Z",
    )
    assert (told.data["title"], session["place"], session["capacity"]) == (
        "端午包粽子",
        "院坝",
        5,
    )


def test_a_street_makes_a_template_for_all_in_it_and_not_for_others() -> None:
    docs = stage(PUBLISHED)
    command = {**COMMANDS["save_template"], "owner": "510108002"}
    assert (
        templates.save_template(docs, command, street_admin()).data["owner"]
        == "510108002"
    )
    with refused("out_of_scope", Forbidden):
        templates.save_template(docs, {**command, "owner": "510108003"}, street_admin())


def test_a_template_that_is_not_there_is_unknown() -> None:
    with refused("not_found", Unknown):
        templates.draft_from_template(
            stage(), COMMANDS["draft_from_template"], secretary()
        )


def drafting(docs: Overlay) -> Fact:
    """Using a template changes nothing about it: the draft is another stream's."""
    command = {**COMMANDS["draft_from_template"], "template": "T1"}
    return templates.draft_from_template(docs, command, secretary(new_id="A2"))


def test_every_step_of_a_template() -> None:
    command: Json = {"template": "T1"}
    take = {
        "use": drafting,
        "withdraw": lambda docs: templates.withdraw_template(
            docs, command, secretary()
        ),
    }
    Walk(
        Activities, lifecycles.TEMPLATE, "templates", "T1", with_template, take
    ).try_everything()


def test_a_campaign_is_declared_before_activities_belong_to_it() -> None:
    with refused("unknown_campaign", says="微光成炬"):
        postings.draft(
            stage(), {**COMMANDS["draft_activity"], "campaign": "微光成炬"}, secretary()
        )


def test_a_campaign_is_its_divisions_to_change() -> None:
    docs = stage(DRAFTED)
    own = asked(("street_admin", "510108002"), id="A1", now=BEFORE)
    with refused("out_of_scope", Forbidden):
        marked(Activities, "declare_campaign")(docs, CAMPAIGN, own)
    with refused("unknown_division"):
        campaigns.declare(
            docs, {**CAMPAIGN, "campaign": "新"}, asked(("district_admin", "510108"))
        )


def test_an_activity_belongs_to_a_campaign_that_is_on_there_and_then() -> None:
    over = Fact(
        "campaign_declared.v1",
        "campaign/去年的",
        {**CAMPAIGN, "campaign": "去年的", "until": "2026-06-12"},
    )
    elsewhere = {**CAMPAIGN, "campaign": "别处的", "division": "510108003"}
    docs = stage(over, Fact("campaign_declared.v1", "campaign/别处的", elsewhere))
    for campaign, code in (
        ("去年的", "campaign_not_on"),
        ("别处的", "campaign_elsewhere"),
    ):
        with refused(code, says=campaign):
            postings.draft(
                docs, {**COMMANDS["draft_activity"], "campaign": campaign}, secretary()
            )


@pytest.mark.parametrize(
    "days", [{"until": "2026-06-13"}, {"since": "2026-06-13"}], ids=["last", "first"]
)
def test_a_campaign_is_on_from_its_first_day_to_its_last(days: Json) -> None:
    declared = Fact("campaign_declared.v1", "campaign/1", {**CAMPAIGN, **days})
    posting = {**COMMANDS["draft_activity"], "campaign": CAMPAIGN["campaign"]}
    assert postings.draft(stage(declared), posting, secretary())


def test_what_is_posted_again_leaves_behind_a_campaign_that_is_over() -> None:
    docs = stage(PUBLISHED)
    for starts_at, campaigns_of in (
        ("2026-12-31T15:59:00.000Z", True),
        ("2026-12-31T16:00:00.000Z", False),
    ):
        copy = templates.copy_activity(
            docs, {"activity": ACTIVITY, "starts_at": starts_at}, secretary()
        )
        assert ("campaign" in copy.data) == campaigns_of
        left = (
            []
            if campaigns_of
            else [{"field": "campaign", "value": CAMPAIGN["campaign"]}]
        )
        assert copy.data.get("left_behind", []) == left


def from_template(docs: Overlay, **said: Any) -> Fact:
    command = {**COMMANDS["draft_from_template"], "template": "T1", **said}
    return templates.draft_from_template(docs, command, secretary(new_id="A2"))


def test_a_template_leaves_behind_a_campaign_and_a_rule_that_are_over_and_says_so() -> (
    None
):
    repeated = {
        **PUBLISHED.data,
        "repeats": "FREQ=WEEKLY;UNTIL=20260701",
        "cohosts": ["unit/U1"],
    }
    docs = stage(Fact(PUBLISHED.type, PUBLISHED.stream, repeated))
    given_from(docs, Activities, "activities", saved(docs))
    last_day = from_template(docs, starts_at="2026-07-01T01:00:00.000Z")
    assert (last_day.data["repeats"], "left_behind" in last_day.data) == (
        "FREQ=WEEKLY;UNTIL=20260701",
        False,
    )
    told = from_template(docs, starts_at="2027-01-02T01:00:00.000Z")
    given_from(docs, Activities, "activities", told)
    assert [one["field"] for one in docs.the("activities", "A2")["left_behind"]] == [
        "campaign",
        "repeats",
    ]
    assert len(told.data["sessions"]) == 1


def test_the_longest_rule_there_may_be_can_be_left_behind() -> None:
    days = ",".join(f"+{nth}{day}" for nth in "12345" for day in DAYS)
    rule = f"FREQ=MONTHLY;UNTIL=20260701T155959Z;BYDAY={days}"
    docs = stage(
        Fact(PUBLISHED.type, PUBLISHED.stream, PUBLISHED.data | {"repeats": rule})
    )
    given_from(docs, Activities, "activities", saved(docs))
    told = from_template(docs, starts_at="2027-01-02T01:00:00.000Z")
    given_from(docs, Activities, "activities", told)
    assert rule in [one["value"] for one in told.data["left_behind"]]


def test_who_drafts_from_a_template_is_not_a_co_host_of_its_own() -> None:
    docs = stage(
        Fact(
            PUBLISHED.type,
            PUBLISHED.stream,
            {**PUBLISHED.data, "host": "unit/U1", "cohosts": ["branch/B1"]},
        )
    )
    for_all = {**COMMANDS["save_template"], "owner": "510108002"}
    street = asked(("street_admin", "510108002"), id="A1", now=BEFORE, new_id="T1")
    given_from(
        docs, Activities, "activities", templates.save_template(docs, for_all, street)
    )
    assert from_template(docs).data["cohosts"] == []


def test_nobody_makes_a_template_of_anothers_draft() -> None:
    docs = stage(DRAFTED)
    worker = asked(("community_worker", "510108003001"), id="W9", now=BEFORE)
    command = {**COMMANDS["save_template"], "owner": "community/510108003001"}
    with refused("not_found", Unknown):
        templates.save_template(docs, command, worker)
    assert templates.save_template(stage(PUBLISHED), command, worker)


@pytest.mark.parametrize(
    "starts_at", ["9999-12-31T15:59:59.000Z", "0001-01-01T00:00:00.000Z"]
)
def test_a_year_no_calendar_reaches_is_refused_like_any_other(starts_at: str) -> None:
    docs = with_template()
    with pytest.raises(Invalid):
        templates.copy_activity(
            docs, {"activity": ACTIVITY, "starts_at": starts_at}, secretary()
        )
    with pytest.raises(Invalid):
        from_template(docs, starts_at=starts_at)
    with pytest.raises(Invalid):
        changes.change(
            docs,
            {
                "activity": ACTIVITY,
                "which": "all",
                "reason": "改",
                "starts_at": starts_at,
            },
            secretary(),
        )


def test_a_branch_that_has_ended_shares_no_credit_of_what_is_posted_again_or_anew() -> (
    None
):
    docs = stage(
        Fact(
            PUBLISHED.type,
            PUBLISHED.stream,
            {**PUBLISHED.data, "host": "unit/U1", "cohosts": ["branch/B1"]},
        )
    )
    unit = asked(("unit_liaison", "unit/U1"), id="L1", now=BEFORE, new_id="T1")
    given_from(
        docs,
        Activities,
        "activities",
        templates.save_template(docs, COMMANDS["save_template"], unit),
    )
    again = {"activity": ACTIVITY, "starts_at": "2026-10-01T01:00:00.000Z"}
    assert templates.copy_activity(docs, again, unit).data["cohosts"] == ["branch/B1"]
    dissolved = {
        **branches.EVENTS["branch_dissolved.v1"],
        "branch": "B1",
        "on": "2026-06-10",
    }
    given_from(
        docs,
        Activities,
        "branches",
        Fact("branch_dissolved.v1", "branch/B1", dissolved),
    )
    used = {**COMMANDS["draft_from_template"], "template": "T1", "host": "unit/U1"}
    for told in (
        templates.copy_activity(docs, again, unit).data,
        templates.draft_from_template(docs, used, unit).data,
    ):
        assert (told["cohosts"], told["left_behind"]) == (
            [],
            [{"field": "cohosts", "value": "branch/B1"}],
        )
    with refused("cohost_ended", says="2026年6月10日"):
        postings.draft(
            docs,
            {**COMMANDS["draft_activity"], "host": "unit/U1", "cohosts": ["branch/B1"]},
            unit,
        )
