"""What a posting, its copies and every date of a series say of helpers."""

from typing import Any

import marshmallow as ma
import pytest

from schemas.activities.postings import DraftActivity
from schemas.documents import Json
from services.activities.rules import postings, templates
from services.kit.log import Fact
from tests.examples.activities import ACTIVITY, POSTING
from tests.unit.activities.helpers import happens, posted
from tests.unit.activities.stage import secretary, stage


def draft(**said: Any) -> Json:
    """The plan of the only session, and the content, of a posting."""
    posting = DraftActivity().load({"host": "branch/B1", **POSTING, **said})
    told = postings.draft(stage(), posting, secretary())
    return {**told.data, **told.data["sessions"][0]}


def test_a_posting_says_how_many_help_until_when_and_on_which_terms() -> None:
    said = {
        "helpers": 3,
        "helpers_cutoff": "2026-06-10T00:00:00.000Z",
        "helper_terms": {"least_age": 16},
    }
    content = draft(**said, helper_hours="length")
    assert {name: content[name] for name in said} == said
    assert content["helper_hours"] == "length"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"all_help": True, "helpers": 2}, "all_are_helpers"),
        ({"all_help": True, "helper_terms": {"least_age": 16}}, "all_are_helpers"),
        ({"helper_terms": {"least_age": 16}}, "missing_field"),
        ({"helpers_cutoff": "2026-06-10T00:00:00.000Z"}, "missing_field"),
        (
            {"helpers": 2, "helpers_cutoff": "2026-06-14T00:00:00.000Z"},
            "cutoff_after_start",
        ),
    ],
)
def test_what_is_said_of_helpers_must_go_together(said: Json, code: str) -> None:
    with pytest.raises(ma.ValidationError) as caught:
        DraftActivity().load({"host": "branch/B1", **POSTING, **said})
    [[complaint]] = caught.value.messages_dict.values()
    assert complaint.code == code


def test_every_date_of_a_series_has_as_many_helpers() -> None:
    said = {
        "repeats": "FREQ=DAILY;COUNT=3",
        "helpers": 2,
        "helpers_cutoff": "2026-06-12T01:00:00.000Z",
    }
    plans = draft(
        **said,
        also=[
            {
                "starts_at": "2026-06-20T01:00:00.000Z",
                "ends_at": "2026-06-20T03:00:00.000Z",
            }
        ],
    )
    assert [plan["helpers"] for plan in plans["sessions"] if "helpers" in plan] == [
        2,
        2,
        2,
        2,
    ]
    assert plans["sessions"][1]["helpers_cutoff"] == "2026-06-13T01:00:00.000Z"


@pytest.mark.parametrize(
    "said", [{"helpers": 3, "helper_terms": {"least_age": 16}}, {"all_help": True}]
)
def test_a_copy_and_a_template_ask_for_helpers_as_well(said: Json) -> None:
    docs = posted(**said)
    command = {"activity": ACTIVITY, "starts_at": "2026-06-20T01:00:00.000Z"}
    saved = templates.save_template(
        docs, {"activity": ACTIVITY, "name": "值守"}, secretary()
    )
    happens(docs, Fact(saved.type, saved.stream, saved.data))
    again = {
        "template": "N1",
        "host": "branch/B1",
        "community": "510108002001",
        "starts_at": command["starts_at"],
    }
    for told in (
        templates.copy_activity(docs, command, secretary()),
        templates.draft_from_template(docs, again, secretary()),
    ):
        assert {
            name: {**told.data["sessions"][0], **told.data}[name] for name in said
        } == said
