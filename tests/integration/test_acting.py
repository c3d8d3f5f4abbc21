"""Acting for somebody: by who works where they are recorded or by a live link, and by nobody else."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from schemas.acting import OnBehalf
from schemas.exchange.kinds import NEED
from services.kit.actor import Actor, Role
from services.kit.clock import Deadline
from services.kit.entrypoints import Command, Query
from services.kit.errors import Forbidden
from services.kit.log import Event
from services.kit.persons.standing_in import ForOthers
from services.kit.service import entrypoints
from services.xfh import registry
from tests.clocks import HUNG_S
from tests.integration.exchange.tables import outcomes, upload
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway
from tests.integration.test_gateway_forms import CONTENT, Visitor
from tests.unit.exchange.books import book

JUNE = datetime(2026, 6, 1, 1, tzinfo=UTC).timestamp()
ELSEWHERE = "510108002002"
NEED_SAID = {"category": "零距离便民", "audience": "一老一小", "urgency": "routine"}
QUESTIONS = {"get_signup": {"signup": "S1"}, "get_need": {"need": "N1"}}
CONSENT = {"how": "当面", "on": "2026-05-30"}
MARKS = [
    (name, mark)
    for name in registry.SERVICES
    for mark in entrypoints(registry.load(name))
    if isinstance(mark, Command | Query) and issubclass(mark.schema, OnBehalf)
]


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = Path(tmp_path_factory.mktemp("acting"))
    with in_june(folder) as front:
        admin = front.token("A1", ("district_admin", DISTRICT))
        place = {"division": ELSEWHERE, "name": "邻社区", "status": "demo"}
        front.done("/divisions", admin, **place)
        yield front


@contextmanager
def in_june(folder: Path) -> Iterator[Gateway]:
    (folder / "clock").write_text(str(JUNE - time.time()))
    with gateway(folder) as front:
        yield front


def worker(front: Gateway, community: str = COMMUNITY) -> str:
    return front.token(f"W-{community}", ("community_worker", community))


def recorded(front: Gateway, name: str = "王秀英") -> str:
    said = {"name": name, "born": "1950", "contacts": ["13900005678"]}
    place = {"community": COMMUNITY, "consent": CONSENT}
    person: str = front.done("/people", worker(front), **said, **place)["id"]
    return person


def linked(front: Gateway, person: str, holder: str, until: str = "2026-12-31") -> str:
    link = {"holder": holder, "kind": "proxy", "until": until, "consent": CONSENT}
    path = f"/people/{person}/links"
    begun: str = front.done(path, worker(front), **link)["id"]
    return begun


def opened(front: Gateway, of: str = COMMUNITY, **more: Any) -> str:
    token, place = worker(front, of), {"host": f"community/{of}", "community": of}
    one: str = front.done("/activities", token, **CONTENT | place | more)["id"]
    for step in ("publish", "open"):
        front.done(f"/activities/{one}/{step}", token)
    return one


def last(front: Gateway, service: str) -> Event:
    log = front.bus.hosts[service].store.log
    return log.read(log.head() - 1, 1)[0]


def party(person: str) -> dict[str, Any]:
    return {"party": [{"person": person}], "on_behalf_of": person}


def caught_up(front: Gateway) -> None:
    for name in ("activities", "cobuild"):
        front.bus.hosts[name].followers["people"].catch_up()


def test_what_the_terms_ask_of_an_elder_is_asked_where_it_is_not_known(
    front: Gateway,
) -> None:
    asked = {"least_age": 60, "communities": [COMMUNITY], "one_per_household": True}
    elder, activity = recorded(front, "司马秀英"), opened(front, terms=asked)
    caught_up(front)
    desk = Visitor(front, f"W-{COMMUNITY}", ("community_worker", COMMUNITY))
    form = form_at(desk, elder, activity)
    assert "活动当天满 60 周岁" in form
    said = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
    said |= {"party/0/born": "1950-03-01"}
    sent = desk.post(f"/desk/for/{elder}/sign-up", said)
    assert sent.status_code == 303, sent.text
    assert "已确认" in desk.look(sent.headers["Location"]).text


def form_at(desk: Visitor, elder: str, activity: str) -> str:
    page = desk.look(f"/desk/for/{elder}").text
    forms = re.findall("<form.*?</form>", page, re.DOTALL)
    [form] = [form for form in forms if activity in form]
    return str(form)


def test_a_worker_is_told_that_an_elder_will_wait(front: Gateway) -> None:
    elder, activity = recorded(front, "诸葛秀英"), opened(front, capacity=1)
    caught_up(front)
    desk = Visitor(front, f"W-{COMMUNITY}", ("community_worker", COMMUNITY))
    assert "候补" not in form_at(desk, elder, activity)
    token = front.token("lin-mei", ("resident", DISTRICT))
    path = f"/activities/{activity}/signups"
    front.done(path, token, party=[{"person": "lin-mei"}])
    assert "替 诸* 报名候补" in form_at(desk, elder, activity)


def test_a_worker_signs_an_elder_up_next_door_as_well(front: Gateway) -> None:
    elder = recorded(front, "上官秀英")
    activity = opened(front, of=ELSEWHERE)
    caught_up(front)
    desk = Visitor(front, f"W-{COMMUNITY}", ("community_worker", COMMUNITY))
    page = f"/desk/for/{elder}"
    assert activity not in desk.look(page).text
    there = desk.look(f"{page}?division={ELSEWHERE}").text
    assert "邻社区近期的活动" in there
    assert f'value="{ELSEWHERE}" selected' in there
    assert activity in there
    assert activity in desk.look(f"{page}?division={DISTRICT}").text


def test_a_worker_has_a_seat_for_an_elder_in_three_taps(front: Gateway) -> None:
    elder, activity = recorded(front, "欧阳秀英"), opened(front)
    caught_up(front)
    desk = Visitor(front, f"W-{COMMUNITY}", ("community_worker", COMMUNITY))
    found = desk.send("/desk", to="/desk/for", name="欧阳秀").text
    [whom] = re.findall(r'href="(/desk/for/[0-9A-Z]{26})"', found)
    assert "工作台" in found, "the work of who looks is at the top of every page"
    page = desk.look(whom).text
    assert "您正在替 欧* 办理" in page
    assert "秀英" not in page
    [session] = re.findall(
        rf'value="{activity}">.*?name="session" value="([^"]+)"', page
    )
    tapped = {"activity": activity, "session": session}
    sent = desk.send(whom, to=f"{whom}/sign-up", **tapped)
    assert sent.status_code == 303, sent.text
    confirmed = desk.look(sent.headers["Location"]).text
    assert "已确认" in confirmed
    assert "您正在替 欧* 办理" in confirmed
    event = last(front, "activities")
    assert (event.type, event.actor) == ("signup_confirmed.v1", f"W-{COMMUNITY}")
    assert (event.on_behalf_of, event.data["by"]) == (elder, elder)
    assert event.stream == f"activity/{activity}"


def test_the_record_of_who_was_acted_for_says_so(front: Gateway) -> None:
    elder, activity = recorded(front), opened(front)
    front.done(f"/activities/{activity}/signups", worker(front), **party(elder))
    own = front.token(elder, ("resident", DISTRICT))
    [act] = front.get(f"/people/{elder}/acted", own).get_json()["items"]
    assert (act["act"], act["by"], act["person"]) == ("报名", f"W-{COMMUNITY}", elder)
    stranger = front.token("lin-mei", ("resident", DISTRICT))
    assert front.get(f"/people/{elder}/acted", stranger).status_code == 403


def test_by_a_link_one_asks_does_and_undoes_for_another_until_it_ends(
    front: Gateway,
) -> None:
    elder, daughter, activity = recorded(front), recorded(front, "李梅"), opened(front)
    link = linked(front, elder, daughter)
    her = front.token(daughter, ("resident", DISTRICT))
    path = f"/activities/{activity}/signups"
    signup = front.done(path, her, **party(elder))["id"]
    mine = f"/me/signups?on_behalf_of={elder}"
    assert [one["id"] for one in front.get(mine, her).get_json()["items"]] == [signup]
    assert front.get("/me/signups", her).get_json()["items"] == []
    assert front.get(f"/signups/{signup}", her).status_code == 404
    assert front.get(f"/signups/{signup}?on_behalf_of={elder}", her).status_code == 200
    front.done(f"/links/{link}/end", her)
    cancel = f"/signups/{signup}/cancel"
    refused = front.post(cancel, her, on_behalf_of=elder)
    assert (refused.status_code, refused.get_json()["code"]) == (403, "not_acting_for")
    own = front.token(elder, ("resident", DISTRICT))
    front.done(cancel, own)
    front.must_answer_the_same_again()


def test_a_need_said_for_an_elder_is_the_elders(front: Gateway) -> None:
    elder = recorded(front)
    need = front.done(
        "/needs",
        worker(front),
        **NEED_SAID,
        community=COMMUNITY,
        words="楼道灯坏了",
        on_behalf_of=elder,
    )
    assert (need["beneficiary"], need["by"]) == (elder, elder)
    [note] = front.bus.hosts["cobuild"].notes.kept()
    assert note["of"] == elder
    event = last(front, "cobuild")
    assert (event.actor, event.on_behalf_of) == (f"W-{COMMUNITY}", elder)


@pytest.mark.parametrize(
    ("service", "mark"), MARKS, ids=[mark.name for _, mark in MARKS]
)
def test_nobody_acts_for_somebody_without_a_link(
    front: Gateway, service: str, mark: Command | Query
) -> None:
    """A stranger, a worker of elsewhere, one whose link is over, and anybody for who is erased or was never there."""
    host = front.bus.hosts[service]
    elder, gone, formerly = recorded(front), recorded(front), recorded(front)
    until = linked(front, elder, formerly)
    front.done(f"/links/{until}/end", worker(front))
    front.done(f"/people/{gone}/erase", worker(front), wish="登记错了")
    caught_up(front)
    elsewhere = Actor("W9", (Role("community_worker", ELSEWHERE),))
    here = Actor("W1", (Role("community_worker", COMMUNITY),))
    resident = (Role("resident", DISTRICT),)
    attempts = [
        (elsewhere, elder),
        (Actor("lin-mei", resident), elder),
        (Actor(formerly, resident), elder),
        (here, gone),
        (here, "NOBODY"),
    ]
    before = host.store.log.head()
    for actor, whom in attempts:
        payload = _said(service, mark) | {"on_behalf_of": whom}
        with pytest.raises(Forbidden) as caught:
            host.ask(
                mark.name,
                payload,
                actor=actor,
                deadline=Deadline.after(HUNG_S),
                key=f"{mark.name}-{actor.id}-{whom}",
            )
        assert caught.value.code == "not_acting_for", (mark.name, actor.id, whom)
    assert host.store.log.head() == before


def _said(service: str, mark: Command | Query) -> dict[str, Any]:
    examples = import_module(f"tests.examples.{service}")
    if isinstance(mark, Command):
        return dict(examples.COMMANDS[mark.name])
    return QUESTIONS.get(mark.name, {"after": None, "limit": 20})


def test_a_link_that_is_over_by_its_day_lets_nobody_act(tmp_path: Path) -> None:
    with in_june(tmp_path) as front:
        elder, daughter, activity = recorded(front), recorded(front), opened(front)
        linked(front, elder, daughter, until="2026-06-01")
        tomorrow = JUNE + 24 * 3600
        (tmp_path / "clock").write_text(str(tomorrow - time.time()))
        her = front.token(daughter, ("resident", DISTRICT))
        refused = front.post(f"/activities/{activity}/signups", her, **party(elder))
        assert refused.get_json()["code"] == "not_acting_for"


def test_what_roles_they_have_is_not_lent(front: Gateway) -> None:
    """A worker who is acted for is acted for as a resident: for themself alone."""
    colleague = recorded(front)
    daughter = recorded(front)
    linked(front, colleague, daughter)
    her = front.token(daughter, ("resident", DISTRICT))
    said = {**NEED_SAID, "community": COMMUNITY, "words": "灯"}
    for_others = said | {"on_behalf_of": colleague, "beneficiary": "P9"}
    refused = front.post("/needs", her, **for_others)
    assert (refused.status_code, refused.get_json()["code"]) == (403, "not_yours")


def test_whoever_may_act_for_nobody_is_asked_of_every_service() -> None:
    assert {name for name, _ in MARKS} == {"activities", "cobuild"}
    for name in {name for name, _ in MARKS}:
        assert issubclass(registry.load(name), ForOthers)


def test_a_worker_of_elsewhere_names_nobody_recorded_here(front: Gateway) -> None:
    """The way of before there were records: by the id alone."""
    elder = recorded(front)
    caught_up(front)
    other = worker(front, ELSEWHERE)
    said = {**NEED_SAID, "community": ELSEWHERE, "words": "灯", "beneficiary": elder}
    assert front.post("/needs", other, **said).get_json()["code"] == "not_acting_for"
    front.done("/needs", other, **said | {"beneficiary": "wang-er"})


def test_who_withdraws_their_consent_is_signed_up_by_nobody_else(
    front: Gateway,
) -> None:
    """Nor is a need of theirs raised, whichever way they are named."""
    elder, activity = recorded(front), opened(front)
    own = front.token(elder, ("resident", DISTRICT))
    for purpose in ("activities", "visits"):
        withdrawn(front, elder, purpose)
    caught_up(front)
    by_id = {"party": [{"person": elder, "relation": "self"}], "by": elder}
    need = NEED_SAID | {"community": COMMUNITY, "words": "灯"}
    for path, said in (
        (f"/activities/{activity}/signups", party(elder)),
        (f"/activities/{activity}/signups", by_id),
        ("/needs", need | {"on_behalf_of": elder}),
        ("/needs", need | {"beneficiary": elder}),
    ):
        refused = front.post(path, worker(front), **said)
        code = refused.get_json()["code"]
        assert (refused.status_code, code) == (409, "consent_withdrawn"), said
    front.done("/needs", own, **need)
    theirs = f"/activities/{activity}/signups"
    front.done(theirs, own, party=[{"person": elder}])


def test_for_whom_a_need_is_raised_is_judged_by_what_people_say_now(
    tmp_path: Path,
) -> None:
    """By a field of their own and in a table as well: it is asked for, whether it has been heard of or not."""
    with in_june(tmp_path) as front:
        elder = recorded(front)
        caught_up(front)
        follower = front.bus.hosts["cobuild"].followers["people"].thread
        follower.stop()
        follower.join(60)
        row = [*NEED_SAID.values(), COMMUNITY, "", "", elder, "楼道灯坏了"]
        table = book([*NEED.values()], row)
        withdrawn(front, elder, "visits")
        report = upload(front, "needs", table, token=worker(front))
        assert [row[2] for row in outcomes(report)] == [["consent_withdrawn"]]
        other, need = recorded(front), NEED_SAID | {"community": COMMUNITY}
        withdrawn(front, other, "visits")
        said = need | {"words": "灯", "beneficiary": other}
        raised = front.post("/needs", worker(front), **said)
        assert raised.get_json()["code"] == "consent_withdrawn"


def withdrawn(front: Gateway, elder: str, purpose: str) -> None:
    """They agreed to it once, and do so no more."""
    agreed = {"purpose": purpose, **CONSENT}
    consent = front.done(f"/people/{elder}/consents", worker(front), **agreed)["id"]
    own = front.token(elder, ("resident", DISTRICT))
    front.done(f"/consents/{consent}/withdraw", own, **CONSENT)


def test_a_guardian_signs_a_child_up_and_neither_rates_nor_reads_ratings(
    front: Gateway,
) -> None:
    child, mother, activity = recorded(front), recorded(front), opened(front)
    said = {"name": "王小明", "born": "2012-03", "contacts": []}
    front.done(f"/people/{child}/change", worker(front), **said)
    link = {"holder": mother, "kind": "guardian", "until": "2030-03-31"}
    front.done(f"/people/{child}/links", worker(front), **link, consent=CONSENT)
    hers = front.token(mother, ("resident", DISTRICT))
    front.done(f"/activities/{activity}/signups", hers, **party(child))
    rating = {"score": 5, "on_behalf_of": child}
    rated = front.post(f"/activities/{activity}/ratings", hers, **rating)
    needs = front.get(f"/me/needs?on_behalf_of={child}", hers)
    codes = [answer.get_json()["code"] for answer in (rated, needs)]
    assert codes == ["not_acting_for"] * 2
