"""The doorstep by page: a member's day, the table of a community, a round that asks too much, a team's work."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from schemas.documents import Json
from tests.clocks import wait_until
from tests.integration.gateway_stage import (
    COMMUNITY,
    DISTRICT,
    STREET,
    Gateway,
    gateway,
)
from tests.integration.test_gateway_forms import Visitor
from tests.integration.test_gateway_weight import ALLOWED, LATIN, ULID, visible

JUNE = datetime(2026, 6, 8, 1, tzinfo=UTC).timestamp()
GRID = "W-0101"
HERE = {"community": COMMUNITY, "grid": GRID}
ITEMS: list[Json] = [
    {"item": "gas", "title": "是否使用燃气", "kind": "yes_no"},
    {"item": "alarms", "title": "报警器有几个", "kind": "number"},
]


@dataclass
class Doorstep:
    """A grid with a member, a door, and two rounds under way."""

    front: Gateway
    worker: Visitor
    street: Visitor
    member: Visitor
    token: str
    door: str
    rounds: list[str]
    member_id: str

    @property
    def page(self) -> str:
        return f"/desk/doorstep/doors/{self.door}"

    def visits(self) -> list[Json]:
        listed = self.front.get(f"/doors/{self.door}/visits", self.token).get_json()
        found: list[Json] = listed["items"]
        return found


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doorstep]:
    folder = Path(tmp_path_factory.mktemp("doorstep"))
    (folder / "clock").write_text(str(JUNE - time.time()))
    with gateway(folder) as front:
        yield staged(front)


def staged(front: Gateway) -> Doorstep:
    admin = front.token("A1", ("district_admin", DISTRICT))
    worker = ("community_worker", COMMUNITY)
    token = front.token("W1", worker)
    named = {"name": "望平苑一网格", "valid_from": "2026-06-08"}
    front.done("/grids", admin, **HERE, **named)
    consent = {"how": "书面", "on": "2026-06-01"}
    about = {"name": "万家访", "community": COMMUNITY, "consent": consent}
    member = front.done("/people", token, **about)["id"]
    front.done("/people", token, **about | {"name": "万里"})
    front.done("/grid-members", token, **HERE, person=member)
    front.until_held(member, admin)
    door = front.done("/doors", token, **HERE, walk=1, label="3栋2单元501")["id"]
    rounds = [a_round(front, token, title) for title in ("入户查燃气", "防汛走访")]
    return Doorstep(
        front,
        Visitor(front, "W1", worker),
        Visitor(front, "S1", ("street_admin", STREET)),
        Visitor(front, member, ("grid_member", COMMUNITY)),
        token,
        door,
        rounds,
        member,
    )


def a_round(front: Gateway, token: str, title: str) -> str:
    when = {"since": "2026-06-08", "until": "2026-06-30"}
    about = {"title": title, "division": COMMUNITY, "items": ITEMS} | when
    id = front.done("/rounds", token, **about)["id"]

    def is_open() -> bool:
        round = front.get(f"/rounds/{id}", token).get_json()
        return bool(round["state"] == "open")

    wait_until(is_open)
    return str(id)


def forms_of(page: str) -> list[str]:
    return re.findall(r"<form[^>]*>.*?</form>", page, re.DOTALL)


def sent(at: Doorstep, form: str, **filled: str) -> TestResponse:
    """A form of the door's page as it stands there, with what is filled in besides."""
    pattern = r'type="hidden" name="([^"]+)" value="([^"]*)"'
    data: dict[str, str | list[str]] = {}
    for name, value in re.findall(pattern, form):
        data[name] = [*data.get(name, []), value]
    data |= {name.replace("__", "/"): value for name, value in filled.items()}
    return at.member.post(at.page, data)


def test_nobody_in_is_so_for_every_round_by_one_tap(at: Doorstep) -> None:
    day = at.member.look("/desk/doorstep").text
    assert "3栋2单元501" in day
    assert "入户查燃气：没走" in day
    answer = sent(at, forms_of(at.member.look(at.page).text)[0], outcome="not_in")
    assert answer.status_code == 303, answer.text
    assert answer.headers["Location"].endswith(f"/{COMMUNITY}/{GRID}#{at.door}")
    visits = at.visits()
    assert sorted(one["round"] for one in visits) == sorted(at.rounds)
    assert {one["outcome"] for one in visits} == {"not_in"}
    assert {one["member"] for one in visits} == {at.member_id}


def test_what_was_not_asked_says_nothing_and_the_next_visit_begins_from_the_last(
    at: Doorstep,
) -> None:
    _, met, _ = forms_of(at.member.look(at.page).text)
    answer = sent(at, met, answers__0__value="yes", answers__1__value="")
    assert answer.status_code == 303, answer.text
    assert at.visits()[0]["answers"] == [{"item": "gas", "value": "yes"}]
    _, again, _ = forms_of(at.member.look(at.page).text)
    chosen = re.findall(r'type="radio"[^>]*value="([^"]*)"[^>]*checked', again)
    assert chosen == ["yes"]


def test_a_finding_goes_to_a_team_that_says_when_it_is_done(at: Doorstep) -> None:
    found = at.worker.send(
        "/desk/grids/teams/new?community=" + COMMUNITY,
        f"/desk/grids/teams/new/find?community={COMMUNITY}",
        names="万",
    )
    people = re.findall(r'name="persons/\d+" value="([^"]+)"', found.text)
    assert len(people) == 2  # Both whose names begin so: none is ticked.
    assert "checked" not in found.text
    team = {"name": "燃气巡检队", "kind": "gas", "division": COMMUNITY}
    at.front.done("/teams", at.token, **team, persons=["R7"])
    page = at.member.look(f"{at.page}/finding").text
    teams = re.findall(r'<option value="([^"]+)">燃气巡检队', page)
    chosen = {"route": "followup", "team": teams[0], "due": "2026-06-12"}
    assert "必须填写" in at.member.send(f"{at.page}/finding", kind="").text
    said = {"kind": "gas", "urgency": "urgent", "words": "软管开裂"}
    answer = at.member.send(f"{at.page}/finding", **said, **chosen)
    assert answer.status_code == 303, answer.text
    assert "软管开裂" in at.member.look(at.page).text
    theirs = Visitor(at.front, "R7")
    assert "3栋2单元501：燃气" in theirs.look("/me/team").text
    assert theirs.send("/me/team", "/me/team/done").status_code == 303
    assert "已经办好" in at.member.look(at.page).text  # To be told at the same door.


def test_a_quarrel_at_a_door_waits_for_who_mediates_until_it_is_ended(
    at: Doorstep,
) -> None:
    said = {"kind": "quarrel", "urgency": "routine", "route": "advice"}
    at.member.send(f"{at.page}/finding", **said, words="两家为晾衣争吵")
    door = at.member.look(at.page).text
    (page,) = re.findall(r'href="([^"]+/mediation\?finding=[^"]+)"', door)
    about = {"kind": "neighbours", "words": "502 和 501 为晾衣"}
    finding = page.rpartition("=")[2]
    assert "两家为晾衣争吵" in at.member.look(page).text
    begun = at.member.send(page, **about, finding=finding)
    assert begun.status_code == 303, begun.text
    one = begun.headers["Location"]
    assert "502 和 501 为晾衣" in at.member.look(one).text
    assert "/mediation?finding=" not in at.member.look(at.page).text

    waiting = at.member.look("/desk").text
    assert "继续或结束调解" in waiting
    assert "为晾衣" not in waiting
    listed = at.worker.look(f"/desk/grids/mediations?community={COMMUNITY}").text
    assert "邻里" in listed
    assert "为晾衣" not in listed
    assert at.street.look(one).status_code == 200
    other = Visitor(at.front, "P99", ("grid_member", COMMUNITY))
    assert other.look(one).status_code == 404

    end = re.findall(r'href="([^"]+/end)\b', at.member.look(one).text)[0]
    assert "502 和 501 为晾衣" in at.member.look(end).text
    assert at.member.send(end, ending="agreed").status_code == 303
    assert "继续或结束调解" not in at.member.look("/desk").text
    assert "达成一致" in at.member.look(one).text


def test_a_door_is_moved_to_the_end_of_another_grids_walk(at: Doorstep) -> None:
    admin = at.front.token("A1", ("district_admin", DISTRICT))
    other = HERE | {"grid": "W-0102"}
    named = {"name": "望平苑二网格", "valid_from": "2026-06-08"}
    at.front.done("/grids", admin, **other, **named)
    at.front.done("/doors", at.token, **other, walk=7, label="4栋1单元101")
    new = at.front.done("/doors", at.token, **HERE, walk=9, label="3栋2单元601")["id"]
    page = f"/desk/grids/doors/{new}/move?community={COMMUNITY}"
    form = forms_of(at.worker.look(page).text)[-1]
    assert 'value="8"' in form
    assert "望平苑一网格" not in form
    taken = at.worker.send(page, **other, walk="7")
    assert "已经有第 7 户" in taken.text
    moved = at.worker.send(page, **other, walk="8")
    assert moved.headers["Location"].endswith(f"&grid=W-0102#{new}")
    assert "3栋2单元601" in at.worker.look(moved.headers["Location"]).text


def test_a_member_is_appointed_by_name(at: Doorstep) -> None:
    page = f"/desk/grids/members/new?community={COMMUNITY}"
    to = f"/desk/grids/members/new/find?community={COMMUNITY}"
    found = at.worker.send(page, to, names="万里").text
    assert "万里" in found
    (form,) = [one for one in forms_of(found) if 'name="person"' in one]
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
    assert at.worker.post(page, hidden | {"grid": GRID}).status_code == 303
    listed = at.front.get(f"/grid-members?community={COMMUNITY}", at.token).get_json()
    assert hidden["person"] in {one["person"] for one in listed["items"]}


def test_a_team_of_the_district_is_listed_without_who_is_in_it(at: Doorstep) -> None:
    """Who is in it is for who may send it."""
    admin = at.front.token("A1", ("district_admin", DISTRICT))
    team = {"name": "全区应急队", "kind": "emergency", "division": DISTRICT}
    at.front.done("/teams", admin, **team, persons=["P1"])
    shown = at.worker.look(f"/desk/grids/members?community={COMMUNITY}")
    assert (shown.status_code, "全区应急队" in shown.text) == (200, True)
    assert "撤销" not in shown.text.partition("全区应急队")[2].partition("</li>")[0]


def test_a_visit_that_was_a_mistake_is_taken_back_by_who_made_it(
    at: Doorstep,
) -> None:
    answer = sent(at, forms_of(at.member.look(at.page).text)[0], outcome="moved")
    assert answer.status_code == 303, answer.text
    door = at.member.look(at.page).text
    latest, *_ = re.findall(r'href="(/desk/visits/[^"]+/withdraw)', door)
    assert "已搬走" in at.member.look(latest).text
    assert at.member.send(latest).status_code == 303
    assert [one["state"] for one in at.visits()].count("withdrawn") == 1


def test_a_visit_is_put_right_from_what_was_said_and_nothing_is_lost(
    at: Doorstep,
) -> None:
    """By the member whose visit it was, without scripts: what is not touched stays."""
    door = at.front.done("/doors", at.token, **HERE, walk=40, label="3栋2单元701")["id"]
    answers = [{"item": "gas", "value": "yes"}, {"item": "alarms", "value": "2"}]
    said = {"door": door, "round": at.rounds[0], "outcome": "met", "answers": answers}
    member = at.front.token(at.member_id, ("grid_member", COMMUNITY))
    visit = at.front.done("/visits", member, **said)["id"]
    looked = at.member.look(f"/desk/doorstep/doors/{door}").text
    (page,) = re.findall(r'href="(/desk/visits/[^"]+/correct)', looked)
    form = at.member.look(page).text
    assert "3栋2单元701" in form
    assert re.findall(r'type="radio"[^>]*value="([^"]*)"[^>]*checked', form) == [
        "met",
        "yes",
    ]
    assert re.findall(r'type="number"[^>]*value="([^"]*)"', form) == ["2"]

    def filled(**more: str) -> dict[str, str]:
        data = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
        data |= {"outcome": "met", "answers/0/value": "yes", "answers/1/value": "2"}
        return data | {name.replace("__", "/"): value for name, value in more.items()}

    def seen() -> Json:
        shown: Json = at.front.get(f"/visits/{visit}", at.token).get_json()
        return {one["item"]: one["value"] for one in shown["answers"]}

    refused = at.member.post(page, filled(answers__1__value="-3"))
    assert refused.status_code == 409
    assert re.findall(r'type="number"[^>]*value="([^"]*)"', refused.text) == ["-3"]
    assert seen() == {"gas": "yes", "alarms": "2"}
    done = at.member.post(page, filled(answers__1__value="3", key="put-right-1"))
    assert done.headers["Location"] == f"/desk/doorstep/doors/{door}"
    assert seen() == {"gas": "yes", "alarms": "3"}
    address = f"/visits/{visit}/correct"
    at.front.done(address, member, outcome="met")
    assert seen() == {"gas": "yes", "alarms": "3"}
    at.front.done(address, member, outcome="not_in")
    assert seen() == {}


def test_a_whole_walk_is_numbered_anew_by_one_form_or_not_at_all(at: Doorstep) -> None:
    admin = at.front.token("A1", ("district_admin", DISTRICT))
    here = HERE | {"grid": "W-0103"}
    named = {"name": "望平苑三网格", "valid_from": "2026-06-08"}
    at.front.done("/grids", admin, **here, **named)
    labels = [f"5栋1单元{number}01" for number in (1, 2, 3)]
    for number, label in enumerate(labels, start=1):
        at.front.done("/doors", at.token, **here, walk=number, label=label)
    page = f"/desk/grids/walk?community={COMMUNITY}&grid=W-0103"
    assert page in at.worker.look("/desk/grids?" + page.partition("?")[2]).text.replace(
        "&amp;", "&"
    )

    def order() -> list[str]:
        where = f"community={COMMUNITY}&grid=W-0103"
        listed = at.front.get(f"/doors?{where}", at.token).get_json()["items"]
        return [one["label"] for one in listed]

    def saved(*walks: int) -> TestResponse:
        form = at.worker.look(page).text
        data = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
        for at_row, walk in enumerate(walks):
            data[f"doors/{at_row}/walk"] = str(walk)
        return at.worker.post(page, data)

    clash = saved(2, 3, 3)
    assert clash.status_code == 409
    assert f"“{labels[1]}”和“{labels[2]}”都是第 3 户" in clash.text
    assert re.findall(r'type="number"[^>]*value="([^"]*)"', clash.text) == [
        "2",
        "3",
        "3",
    ]
    assert order() == labels
    done = saved(2, 3, 1)
    assert done.headers["Location"] == page.replace("/walk", "")
    assert order() == [labels[2], labels[0], labels[1]]
    empty = saved(1)
    assert empty.status_code == 422
    assert order() == [labels[2], labels[0], labels[1]]


def test_a_sheet_of_paper_that_is_typed_in_twice_counts_once(at: Doorstep) -> None:
    page = f"/desk/grids/paper?community={COMMUNITY}"
    sheet = {"ticked": f"{at.door}:met", "at": "2026-06-08T08:30"}
    before = len(at.visits())
    for said in ("记下 1 户", "已经登记过"):
        answer = at.worker.send(page, **sheet)
        assert said in answer.text
    assert len(at.visits()) == before + 1


def test_a_round_above_what_a_door_bears_names_those_it_meets(at: Doorstep) -> None:
    page = f"/desk/grids/rounds/new?community={COMMUNITY}"
    about = {"division": COMMUNITY, "since": "2026-06-09", "until": "2026-06-20"}
    kind = {"items__0__kind": "yes_no"}
    third = about | {"title": "人口变动", "items__0__title": "有没有人搬走"} | kind
    answer = at.worker.send(page, **third)
    assert answer.status_code == 303, answer.text
    fourth = about | {"title": "养犬登记", "items__0__title": "养没养犬"} | kind
    refused = at.worker.send(page, **fourth)
    assert refused.status_code == 409
    assert "“人口变动”" in refused.text
    choice = {"items__0__kind": "choice", "items__0__options": "没有、一只，两只"}
    reason = {"override": "汛期前要摸清"}
    done = at.street.send(page, **(fourth | choice | reason))
    assert done.status_code == 303, done.text
    round = at.street.look(done.headers["Location"]).text
    assert "汛期前要摸清" in round
    assert "没有、一只、两只" in round


def test_a_door_has_a_page_of_what_its_office_may_do(at: Doorstep) -> None:
    page = f"/desk/grids/doors/{at.door}?community={COMMUNITY}&grid={GRID}"
    seen = at.worker.look(page).text
    for act in ("care", "renumber", "move", "close"):
        (link,) = re.findall(rf'href="([^"]+/{act}(?:\?[^"]*)?)"', seen)
        assert at.worker.look(link.replace("&amp;", "&")).status_code == 200


PAGES = (
    *("/desk/doorstep", "/desk/grids", "/desk/grids/members", "/desk/grids/cares"),
    *("/desk/grids/findings", "/desk/grids/rounds", "/desk/grids/rounds/new"),
    *("/desk/grids/paper", "/me/team", "/desk/grids/mediations", "/desk/grids/walk"),
)


@pytest.mark.parametrize("address", PAGES)
def test_no_page_says_what_only_programs_read(at: Doorstep, address: str) -> None:
    page = at.worker.look(address)
    assert page.status_code == 200
    words = visible(page.text)
    assert ULID.findall(words) == []
    assert set(LATIN.findall(words)) <= ALLOWED


def test_a_slip_is_opened_by_who_holds_it_and_by_nobody_else(at: Doorstep) -> None:
    visit = at.visits()[0]["id"]
    slip = at.front.get(f"/visits/{visit}/slip", at.token).get_json()["slip"]
    opened = at.front.client.get(f"/called/{visit}/{slip}")
    assert "望平社区" in opened.text
    assert "3栋2单元501" not in opened.text
    other = at.front.client.get(f"/called/{visit}/{'A' * 16}")
    assert other.status_code == 404
