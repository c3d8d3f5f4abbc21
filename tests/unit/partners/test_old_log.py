"""A log recorded before there was a second version of any event still folds."""

import json
from pathlib import Path

import pytest

from schemas import catalogue
from schemas.partners import partners as schemas
from services.kit.log import Event
from services.kit.views import Nothing, Overlay, fold_all
from services.partners.rules.codes import must_not_be_held
from services.partners.service import Partners
from tests.given import refused

LINES = (
    (Path(__file__).parent / "old_log.jsonl").read_text(encoding="utf-8").splitlines()
)
LOG = [Event(**json.loads(line)) for line in LINES]


@pytest.fixture
def docs() -> Overlay:
    return fold_all(Nothing(), LOG, Partners.folds["partners"])


@pytest.mark.parametrize("event", LOG, ids=lambda event: f"{event.seq} {event.type}")
def test_every_old_event_is_still_one(event: Event) -> None:
    catalogue.check(event.type, event.data)


def test_all_events_of_the_first_version_that_were_replaced_are_in_the_log() -> None:
    replaced = {
        f"{type.removesuffix('.v2')}.v1"
        for type in Partners.folds["partners"]
        if type.endswith(".v2")
    }
    assert replaced <= {event.type for event in LOG}


@pytest.mark.parametrize("id", ["N1", "N2", "N3"])
def test_every_old_partner_is_one_of_today(docs: Overlay, id: str) -> None:
    assert schemas.Partner().validate(docs.the("partners", id)) == {}


def test_old_hours_are_shown_as_they_were_told(docs: Overlay) -> None:
    told = {id: docs.the("partners", id).get("hours_text") for id in ("N1", "N2", "N3")}
    assert told == {"N1": None, "N2": "周末", "N3": "工作日"}
    assert not any("hours" in docs.the("partners", id) for id in told)


def test_an_old_partner_is_folded_whole(docs: Overlay) -> None:
    assert docs.the("partners", "N1") == {
        "id": "N1",
        "name": "青禾亲子书店",
        "kind": "社区商家",
        "credit_code": "91510108MA6DEM014D",
        "code_doubtful": docs.the("partners", "N1")["code_doubtful"],
        "categories": ["亲子教育"],
        "contact_role": "店长",
        "community": "510108015001",
        "street": "510108015",
        "district": "510108",
        "by": "P1",
        "applied_on": "2026-06-02",
        "state": "approved",
        "state_text": "已通过",
        "decisions": [
            {
                "state": "rejected",
                "at": "2026-06-04T01:00:00.000Z",
                "reason": "请补充营业执照上的经营范围",
            },
            {"state": "approved", "at": "2026-06-06T01:00:00.000Z"},
        ],
        "similar": [],
        "alliance": [],
        "seq": 8,
    }


def test_old_codes_are_held_or_let_go_as_ever(docs: Overlay) -> None:
    with refused("duplicate_credit_code", says="青禾亲子书店"):
        must_not_be_held(docs, {"credit_code": "91510108MA6DEM014D"})
    must_not_be_held(docs, {"credit_code": "52510108MJX0000184"})
