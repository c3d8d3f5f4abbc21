"""What one unit has done: for itself, for officials of its place, for a year or any days."""

from itertools import combinations_with_replacement
from typing import Any

import pytest

from schemas.documents import Json
from schemas.metrics.units import AskUnitFigures
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.log import Event
from services.metrics.folds import FOLDS
from services.metrics.folds.session_figures import hosts_of
from services.metrics.model.withholding.families import PRESENT
from services.metrics.reckoning.looks import alone_at
from services.metrics.views import units
from tests.examples import cobuild as examples
from tests.given import asked
from tests.unit.metrics.attack import READER
from tests.unit.metrics.worlds import DAYS, DISTRICT, Held, Lived, World, drawn

COMMUNITY, SIBLING, ELSEWHERE = "510108001001", "510108001002", "510108002001"
UNIT, HOST = "U1", "unit/U1"
LIAISON = asked(("unit_liaison", HOST), id="L1")
WORKER = asked(("community_worker", COMMUNITY), id="W1")
STREET_ADMIN = asked(("street_admin", COMMUNITY[:9]), id="A1")
YEAR: Json = {"unit": UNIT, "period": "2026"}


def crowd(people: int) -> list[str]:
    return [f"R{number}" for number in range(people)]


def session(
    people: int, day: str = "2026-06-13", hosts: Any = (HOST,), place: str = COMMUNITY
) -> Held:
    return Held(place, day, "文体", crowd(people), hosts=hosts)


def lived(*sessions: Held) -> Lived:
    return Lived(
        sessions, [session(0, place=place) for place in (COMMUNITY, ELSEWHERE)]
    )


def tell(
    docs: Lived, type: str, time: str = "2026-06-13T02:00:00.000Z", **data: Any
) -> None:
    docs.seq += 1
    docs.fold(
        Event(docs.seq, f"E{docs.seq}", type, "", time, data, ""), FOLDS["cobuild"]
    )
    docs._docs |= docs.changed
    docs._rows.clear()


def told(docs: Lived, who: Asked = LIAISON, **question: str) -> Json:
    return units.unit_figures(docs, {"unit": UNIT, **(question or YEAR)}, who)


def test_sessions_hosted_and_cohosted_are_counted_apart_and_their_people_together() -> (
    None
):
    docs = lived(
        session(12),
        session(7, hosts=("branch/B1", HOST)),
        session(30, hosts=("branch/B1",)),
    )
    shown = told(docs)
    counted = {
        name: shown["figures"][name]
        for name in ("sessions_hosted", "sessions_cohosted", "people_served")
    }
    assert counted == {
        "sessions_hosted": 1,
        "sessions_cohosted": 1,
        "people_served": 19,
    }
    assert (shown["withheld"], shown["left_out"]) == ([], left_out(0))
    assert shown["name"] == examples.EVENTS["unit_registered.v1"]["name"]
    assert (shown["since"], shown["until"]) == ("2026-01-01", "2026-12-31")


def test_a_free_period_has_what_was_on_its_days_the_first_and_the_last_included() -> (
    None
):
    docs = lived(
        *(
            session(10 + n, day)
            for n, day in enumerate(("2026-05-30", "2026-06-13", "2026-06-20"))
        )
    )
    for since, until, people in (
        ("2026-05-30", "2026-06-20", 33),
        ("2026-05-31", "2026-06-19", 11),
        ("2026-06-20", "2026-06-20", 12),
        ("2025-07-01", "2026-05-29", 0),
    ):
        assert (
            told(docs, since=since, until=until)["figures"]["people_served"] == people
        )


def test_people_at_a_session_of_few_are_left_out_and_that_is_said() -> None:
    docs = lived(session(12), session(4, "2026-06-20"), session(5, "2026-06-14"))
    shown = told(docs)
    assert (
        shown["figures"]["people_served"],
        shown["left_out"],
        shown["withheld"],
    ) == (17, left_out(1), [])
    assert shown["figures"]["sessions_hosted"] == 3


def test_where_few_came_and_nobody_else_the_people_are_withheld() -> None:
    shown = told(lived(session(3)))
    assert (shown["figures"]["people_served"], shown["figures"]["service_minutes"]) == (
        None,
        None,
    )
    assert (shown["withheld"], shown["left_out"]) == (
        ["people_served", "service_minutes"],
        left_out(1),
    )


def test_whoever_one_signer_brings_makes_no_few_look_like_enough() -> None:
    family = Held(
        COMMUNITY,
        "2026-06-13",
        "文体",
        ["R1", *(f"R1~{n}" for n in range(5))],
        hosts=(HOST,),
    )
    assert told(lived(family))["withheld"]


def test_the_communitys_own_workers_see_all_of_it() -> None:
    shown = told(lived(session(3)), WORKER)
    assert (
        shown["figures"]["people_served"],
        shown["withheld"],
        shown["left_out"],
    ) == (3, [], left_out(0))


def test_officials_are_told_of_people_where_each_session_of_the_months_is_told() -> (
    None
):
    whole = lived(session(12), session(7, place=SIBLING))
    assert [
        told(whole, who)["figures"]["people_served"] for who in (STREET_ADMIN, READER)
    ] == [19, 19]
    few_at_another = lived(session(12), session(3, place=SIBLING, hosts=("branch/B1",)))
    assert told(few_at_another)["figures"]["people_served"] == 12
    for official in (STREET_ADMIN, READER, WORKER):
        shown = told(few_at_another, official)
        seen = official is WORKER
        assert (shown["figures"]["people_served"], bool(shown["withheld"])) == (
            12 if seen else None,
            not seen,
        )


@pytest.mark.parametrize(
    "stranger",
    [
        asked(("unit_liaison", "unit/U2")),
        asked(("street_admin", "510108002")),
        asked(("community_worker", SIBLING)),
        asked(("resident", DISTRICT)),
    ],
)
def test_nobody_else_is_told_that_there_is_such_a_unit(stranger: Asked) -> None:
    with pytest.raises(Unknown) as hidden:
        told(lived(session(12)), stranger)
    with pytest.raises(Unknown) as absent:
        units.unit_figures(lived(), {**YEAR, "unit": "U9"}, LIAISON)
    assert str(hidden.value).replace(UNIT, "U9") == str(absent.value)


def left_out(sessions: int) -> Json:
    return {"people_served": sessions, "service_minutes": sessions}


DONE = ("need_raised.v1", "need_verified.v1", "need_claimed.v1", "need_fulfilled.v1")


@pytest.mark.parametrize(
    ("then", "done", "met"),
    [
        ((), 1, 0),
        (("need_confirmed.v1",), 1, 1),
        (("need_confirmed.v1", "need_closed.v1"), 1, 1),
        (("need_disputed.v1",), 1, 0),
        (("need_disputed.v1", "need_sent_back.v1"), 0, 0),
        (("need_disputed.v1", "need_closed.v1"), 1, 0),
        (("need_confirmed.v1", "need_reopened.v1"), 1, 0),
    ],
)
def test_what_was_done_and_confirmed_counts(
    then: tuple[str, ...], done: int, met: int
) -> None:
    docs = lived()
    for type in (*DONE, *then):
        place = {"community": COMMUNITY} if "raised" in type else {}
        tell(docs, type, **{**examples.EVENTS[type], **place})
    shown = told(docs, READER, period="2026-06")["figures"]
    helped = examples.EVENTS["need_fulfilled.v1"]["served"] * done
    assert (shown["fulfilments"], shown["needs_met"], shown["people_helped"]) == (
        done,
        met,
        helped,
    )
    assert told(docs, READER, period="2026-07")["figures"]["fulfilments"] == 0


def test_a_need_met_by_another_unit_is_not_met_by_the_first() -> None:
    docs, first, second = (
        lived(),
        {"commitment": "C1"},
        {"commitment": "C2", "unit": "U2"},
    )
    steps: tuple[tuple[str, Json], ...] = (
        *((type, {**first, "unit": UNIT}) for type in DONE[2:]),
        ("need_disputed.v1", first),
        ("need_reopened.v1", {}),
        *((type, second) for type in (*DONE[2:], "need_confirmed.v1")),
    )
    for type in DONE[:2]:
        tell(
            docs,
            type,
            **{
                **examples.EVENTS[type],
                **({"community": COMMUNITY} if "raised" in type else {}),
            },
        )
    for type, of in steps:
        tell(docs, type, **{**examples.EVENTS[type], **of})
    shown = told(docs)["figures"]
    assert (shown["fulfilments"], shown["needs_met"]) == (1, 0)


@pytest.mark.parametrize("seed", range(6))
def test_no_session_of_few_enters_what_the_unit_is_told_of_any_days(seed: int) -> None:
    """So nothing follows of one of few, however the days are chosen."""
    docs = Lived(drawn(World(company=0.3, sessions=30), seed))
    own = [one for one in docs.sessions() if HOST in hosts_of(one)]
    many = [one for one in own if not PRESENT.of(alone_at(one)).is_few]
    for since, until in combinations_with_replacement(DAYS, 2):
        shown = told(docs, since=since, until=until)
        people = sum(
            one["person_times"] for one in many if since <= one["day"] <= until
        )
        assert shown["figures"]["people_served"] == people or (
            people == 0 and shown["withheld"]
        )


@pytest.mark.parametrize(
    ("said", "path", "code"),
    [
        ({}, "period", "missing_field"),
        ({"from": "2026-01-01"}, "to", "missing_field"),
        ({"to": "2026-01-01"}, "from", "missing_field"),
        (
            {"period": "2026", "from": "2026-01-01", "to": "2026-01-02"},
            "period",
            "needless_value",
        ),
        ({"period": "2026-13"}, "period", "bad_period"),
        ({"from": "2026-02-01", "to": "2026-01-02"}, "to", "ends_before_start"),
        ({"from": "2024-01-01", "to": "2026-01-02"}, "to", "span_too_long"),
    ],
)
def test_when_is_said_in_one_way(said: dict[str, str], path: str, code: str) -> None:
    found: Any = AskUnitFigures().validate({"unit": UNIT, **said})
    assert {name: complaints[0].code for name, complaints in found.items()} == {
        path: code
    }
