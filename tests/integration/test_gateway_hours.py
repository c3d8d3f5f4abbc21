"""The door, hours and certificates through HTTP: uploads answered line by line, pages for people, JSON for programs."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schemas.fields import instant
from tests.clocks import wait_until
from tests.integration.gateway_stage import (
    COMMUNITY,
    DISTRICT,
    STREET,
    Gateway,
    gateway,
)

HOST = f"community/{COMMUNITY}"
PEOPLE = ("R1", "R2", "R3")
# The session began an hour ago and ends in an hour: the posting is made by a clock two hours slow.
AGO_S = -2 * 60 * 60


class Stage:
    """A running activity with three residents signed up, and the people around it."""

    def __init__(self, front: Gateway, clock: Any):
        self.front = front
        self.keeper = front.token("W1", ("community_worker", COMMUNITY))
        self.street = front.token("A2", ("street_admin", STREET))
        self.starts = datetime.now(UTC) - timedelta(hours=1)
        clock.write_text(str(AGO_S))
        self.activity = self._posted()
        clock.write_text("0")
        front.done(f"{self.path}/start", self.keeper)

    @property
    def path(self) -> str:
        return f"/activities/{self.activity}"

    def resident(self, person: str) -> str:
        return self.front.token(person, ("resident", DISTRICT))

    def at(self, minutes: float) -> str:
        return instant(self.starts + timedelta(minutes=minutes))

    def seat(self, person: str) -> dict[str, Any]:
        seats = self.front.get(f"{self.path}/seats", self.keeper).get_json()["items"]
        return next(seat for seat in seats if seat["person"] == person)

    def _posted(self) -> str:
        posting = {
            "title": "社区清洁日", "category": "环境整治", "community": COMMUNITY, "place": "广场", "capacity": 5,
            "all_help": True,
            "starts_at": instant(self.starts), "ends_at": instant(self.starts + timedelta(hours=2)),
        }  # fmt: skip
        id = str(
            self.front.done("/activities", self.keeper, host=HOST, **posting)["id"]
        )
        for step in ("publish", "open"):
            self.front.done(f"/activities/{id}/{step}", self.keeper)
        for person in PEOPLE:
            self.front.done(
                f"/activities/{id}/signups",
                self.resident(person),
                party=[{"person": person}],
            )
        return id


@pytest.fixture
def stage(tmp_path: Any) -> Iterator[Stage]:
    with gateway(tmp_path) as front:
        yield Stage(front, tmp_path / "clock")


def outcomes(report: dict[str, Any]) -> list[str]:
    return [row["outcome"] for row in report["rows"]]


def test_a_paper_list_is_answered_line_by_line(stage: Stage) -> None:
    lines = [
        {"person": "R1", "in": stage.at(5), "out": stage.at(35)},
        {"person": "R9", "in": stage.at(5)},
        {"person": "R2", "in": stage.at(40), "out": stage.at(20)},
        {"person": "R3", "in": stage.at(0)},
        "somebody",
        {"person": "R1", "in": stage.at(5), "out": stage.at(35)},
    ]
    report = stage.front.post(
        f"{stage.path}/checkins/paper", stage.keeper, lines=lines
    ).get_json()
    assert outcomes(report) == [
        "recorded",
        "refused",
        "refused",
        "recorded",
        "refused",
        "already",
    ]
    assert (report["recorded"], report["already"], report["refused"]) == (2, 1, 3)
    codes = [row["errors"][0]["code"] for row in report["rows"] if row["errors"]]
    assert codes == ["not_signed_up", "out_before_in", "wrong_type"]
    assert "R9 没有报名" in report["rows"][1]["errors"][0]["message"]
    assert report["rows"][0]["minutes"] == 30
    assert stage.seat("R1")["hours"] == "backfilled"


def test_who_came_beyond_the_seats_is_recorded_with_the_reason_and_seats_can_be_added(
    stage: Stage,
) -> None:
    front = stage.front
    for person in ("R4", "R5"):
        front.done(f"{stage.path}/walk-ins", stage.keeper, person=person)
    refused = front.post(f"{stage.path}/walk-ins", stage.keeper, person="R6")
    assert (refused.status_code, refused.get_json()["code"]) == (409, "no_seat_left")
    assert (
        front.done(
            f"{stage.path}/walk-ins", stage.keeper, person="R6", reason="家人同来"
        )["attended"]
        is True
    )
    lines = [
        {"person": "R7", "in": stage.at(5), "out": stage.at(35), "reason": "名单漏了"}
    ]
    for outcome in ("recorded", "already"):
        report = front.post(
            f"{stage.path}/checkins/paper", stage.keeper, lines=lines
        ).get_json()
        assert outcomes(report) == [outcome]
    assert stage.seat("R7")["minutes"] == 30
    session = front.get(f"{stage.path}/session").get_json()
    assert (session["taken"], session["capacity"]) == (7, 5)
    assert (
        front.done(f"{stage.path}/change", stage.keeper, capacity=9, reason="加座")[
            "capacity"
        ]
        == 9
    )
    assert (
        front.done(f"{stage.path}/walk-ins", stage.keeper, person="R8")["attended"]
        is True
    )


def test_who_did_not_check_out_is_settled_when_it_is_closed_and_told(
    stage: Stage, tmp_path: Any
) -> None:
    front = stage.front
    for person, line in (
        ("R1", {"in": stage.at(0)}),
        ("R2", {"in": stage.at(0), "out": stage.at(30)}),
    ):
        front.post(
            f"{stage.path}/checkins/paper",
            stage.keeper,
            lines=[{"person": person, **line}],
        )
    (tmp_path / "clock").write_text(str(70 * 60))
    assert (
        front.get(f"{stage.path}/session").get_json()["state_text"] == "已过时、待结束"
    )
    assert front.get(stage.path).get_json()["state_text"] == "已过时、待结束"
    assert front.get(f"{stage.path}/report", stage.keeper).get_json()[
        "without_checkout"
    ] == ["R1"]
    assert eventually(
        lambda: {"session_to_close": "", **kinds(front, stage.keeper)},
        "session_to_close",
    )
    front.done(
        f"{stage.path}/close", stage.keeper, without_checkout={"count": "session"}
    )
    told = eventually(
        lambda: {"hours_settled": "", **kinds(front, stage.resident("R1"))},
        "hours_settled",
    )
    assert "120 分钟" in told["hours_settled"]
    assert [stage.seat(person)["minutes"] for person in ("R1", "R2")] == [120, 30]
    assert "hours_settled" not in kinds(front, stage.resident("R2"))


def kinds(front: Gateway, token: str) -> dict[str, Any]:
    """What somebody's inbox says, by kind."""
    return {
        notice["kind"]: notice["text"]
        for notice in front.get("/me/notices", token).get_json()["items"]
    }


def test_a_paper_list_sent_again_adds_what_is_new_in_it_whoever_sends_it(
    stage: Stage,
) -> None:
    first = [{"person": "R1", "in": stage.at(5)}]
    stage.front.post(f"{stage.path}/checkins/paper", stage.keeper, lines=first)
    again = stage.front.token("W2", ("community_worker", COMMUNITY))
    more = [{"person": "R1", "in": stage.at(5), "out": stage.at(35)}]
    report = stage.front.post(
        f"{stage.path}/checkins/paper", again, lines=more
    ).get_json()
    assert outcomes(report) == ["recorded"]
    assert stage.seat("R1")["minutes"] == 30
    assert outcomes(
        stage.front.post(f"{stage.path}/checkins/paper", again, lines=more).get_json()
    ) == ["already"]


def scans(stage: Stage) -> list[dict[str, Any]]:
    """Everybody in and out, the clock of the device four minutes ahead."""
    said = []
    for number, person in enumerate(PEOPLE):
        for direction, at in (("in", number), ("out", 40 + number)):
            mark = {
                "direction": direction,
                "at": stage.at(at + 4),
                "device": "D1",
                "nonce": f"N{direction}{number}",
            }
            said.append({"person": person, **mark})
    return said


def test_offline_scans_come_late_shuffled_and_doubled(stage: Stage) -> None:
    said = scans(stage)
    ahead = instant(datetime.now(UTC) + timedelta(minutes=4))
    body = {"device_now": ahead, "scans": [*reversed(said), said[0]]}
    report = stage.front.post(f"{stage.path}/scans", stage.keeper, **body).get_json()
    assert (report["recorded"], report["already"], report["refused"]) == (6, 1, 0)
    later = {
        **body,
        "device_now": instant(datetime.now(UTC) + timedelta(minutes=5)),
        "scans": said,
    }
    again = stage.front.post(f"{stage.path}/scans", stage.keeper, **later).get_json()
    assert outcomes(again) == ["already"] * 6
    for person in PEOPLE:
        seat = stage.seat(person)
        assert (seat["attended"], seat["minutes"], seat["hours"]) == (
            True,
            40,
            "backfilled",
        )


def shown_codes(stage: Stage, clock: Any) -> list[dict[str, Any]]:
    """The same scans, each of the code the person showed at that moment."""
    said = []
    for one in scans(stage):
        ago = (
            datetime.fromisoformat(one["at"]) - timedelta(minutes=4) - datetime.now(UTC)
        )
        clock.write_text(str(int(ago.total_seconds())))
        code = stage.front.get(
            "/me/code", stage.resident(one.pop("person"))
        ).get_json()["code"]
        said.append({**one, "own_code": code})
    clock.write_text("0")
    return said


def test_codes_shown_to_a_device_that_was_offline_are_seen_and_good_for_one_mark(
    stage: Stage, tmp_path: Any
) -> None:
    said = shown_codes(stage, tmp_path / "clock")
    body = {
        "device_now": instant(datetime.now(UTC) + timedelta(minutes=4)),
        "scans": said,
    }
    report = stage.front.post(f"{stage.path}/scans", stage.keeper, **body).get_json()
    assert (report["recorded"], report["refused"]) == (6, 0)
    for person in PEOPLE:
        seat = stage.seat(person)
        assert (seat["attended"], seat["minutes"], seat["hours"]) == (
            True,
            40,
            "scanned",
        )
    again = [{**one, "nonce": f"M{number}"} for number, one in enumerate(said)]
    report = stage.front.post(
        f"{stage.path}/scans", stage.keeper, **{**body, "scans": again}
    ).get_json()
    assert {row["errors"][0]["code"] for row in report["rows"]} == {"code_used"}


def test_ratings_are_read_without_names_and_their_words_deleted_by_who_wrote_them(
    stage: Stage,
) -> None:
    served(stage)
    for person, score, words in (("R1", 5, "很热闹"), ("R2", 2, "太挤了")):
        own = stage.front.done(
            f"{stage.path}/ratings", stage.resident(person), score=score, words=words
        )
        assert own["score"] == score
    assert not any(
        "score" in seat
        for seat in stage.front.get(f"{stage.path}/seats", stage.keeper).get_json()[
            "items"
        ]
    )
    told = stage.front.get(f"{stage.path}/ratings", stage.keeper).get_json()["items"]
    assert told == [{"score": 2, "words": "太挤了"}, {"score": 5, "words": "很热闹"}]
    stage.front.done(f"{stage.path}/ratings/words/delete", stage.resident("R2"))
    told = stage.front.get(f"{stage.path}/ratings", stage.keeper).get_json()["items"]
    assert told == [{"score": 2}, {"score": 5, "words": "很热闹"}]
    seen = stage.front.get("/residents/R1/record", stage.keeper).get_json()["items"]
    assert "score" not in seen[0]
    assert (
        stage.front.get("/me/record", stage.resident("R1")).get_json()["items"][0][
            "score"
        ]
        == 5
    )


def test_an_upload_as_a_whole_must_be_one(stage: Stage) -> None:
    path, mark = f"{stage.path}/scans", scans(stage)[0]
    ask = stage.front.post
    assert ask(path, stage.keeper).get_json()["code"] == "missing_field"
    assert ask(path, stage.keeper, scans=[]).get_json()["code"] == "list_length"
    assert (
        ask(path, stage.keeper, scans=[mark] * 501).get_json()["code"] == "list_length"
    )
    assert (
        ask(path, stage.keeper, scans=[mark], strange=1).get_json()["code"]
        == "unknown_field"
    )
    assert ask(path, "", scans=[mark]).status_code == 401
    assert ask(path, stage.resident("R1"), scans=[mark]).status_code == 403
    assert (
        ask(f"{stage.path}/checkins/paper", stage.keeper, lines=[{}] * 201).get_json()[
            "code"
        ]
        == "list_length"
    )


@pytest.mark.parametrize("value", [None, "", 1.5, [], {}, "字" * 6000, "a\ud800"])
def test_no_line_is_too_strange_for_an_answer(stage: Stage, value: Any) -> None:
    good = scans(stage)[0]
    strange = [
        value,
        *({**good, field: value} for field in good),
        {**good, "own_code": value},
    ]
    report = stage.front.post(f"{stage.path}/scans", stage.keeper, scans=strange)
    assert report.status_code == 200, report.text
    assert set(outcomes(report.get_json())) == {"refused"}
    line = {"person": "R1", "in": stage.at(5)}
    strange = [value, *({**line, field: value} for field in ("person", "in", "out"))]
    report = stage.front.post(
        f"{stage.path}/checkins/paper", stage.keeper, lines=strange
    )
    assert set(outcomes(report.get_json())) == {"refused"}


def test_the_door_scans_a_persons_own_code_and_lets_in_who_simply_comes(
    stage: Stage,
) -> None:
    own = stage.front.get("/me/code", stage.resident("R1")).get_json()["code"]
    seat = stage.front.done(f"{stage.path}/checkins", stage.keeper, own_code=own)
    assert (seat["person"], seat["attended"]) == ("R1", True)
    newcomer = stage.front.get("/me/code", stage.resident("R8")).get_json()["code"]
    seat = stage.front.done(f"{stage.path}/walk-ins", stage.keeper, own_code=newcomer)
    assert (seat["person"], seat["state"], seat["attended"]) == (
        "R8",
        "confirmed",
        True,
    )
    undone = stage.front.done(
        f"{stage.path}/checkins/undo",
        stage.keeper,
        person="R1",
        undone="in",
        reason="扫错了人",
    )
    assert undone["attended"] is False
    stage.front.must_answer_the_same_again()


def served(stage: Stage) -> None:
    body = {
        "scans": [
            {**one, "at": stage.at(30 * (one["direction"] == "out"))}
            for one in scans(stage)
        ]
    }
    stage.front.ask("POST", f"{stage.path}/scans", stage.keeper, json=body)


def test_hours_are_contested_corrected_and_settled(stage: Stage, tmp_path: Any) -> None:
    served(stage)
    (tmp_path / "clock").write_text(str(2 * 60 * 60))
    me = stage.resident("R1")
    contest = stage.front.done(f"{stage.path}/contests", me, words="我一直帮到结束")
    assert (contest["state_text"], contest["minutes"]) == ("待处理", 30)
    listed = stage.front.get(f"/contests?street={STREET}", stage.street).get_json()[
        "items"
    ]
    assert [one["words"] for one in listed] == ["我一直帮到结束"]
    early = stage.front.post(
        f"/contests/{contest['id']}/settle", stage.street, upheld=True, reason="属实"
    )
    assert early.get_json()["code"] == "not_corrected"
    body = {"person": "R1", "minutes": 120, "reason": "按纸质签到表"}
    assert (
        stage.front.done(f"{stage.path}/hours", stage.street, **body)["hours"]
        == "adjusted"
    )
    settled = stage.front.done(
        f"/contests/{contest['id']}/settle",
        stage.street,
        upheld=True,
        reason="属实，已更正",
    )
    assert (settled["state_text"], settled["corrected"]) == ("已支持", True)
    mine = stage.front.get("/me/contests", me).get_json()["items"]
    assert mine[0]["reason"] == "属实，已更正"
    (service,) = stage.front.get("/me/record", me).get_json()["items"]
    assert (service["title"], service["minutes"], service["hours_text"]) == (
        "社区清洁日",
        120,
        "更正",
    )
    (year,) = stage.front.get("/me/record/years", me).get_json()["items"]
    assert (year["minutes"], year["minutes_adjusted"]) == (120, 120)
    seen = stage.front.get("/residents/R1/record", stage.keeper).get_json()["items"]
    assert [one["id"] for one in seen] == [service["id"]]
    stage.front.must_answer_the_same_again()


def certificate(stage: Stage) -> dict[str, Any]:
    today = (datetime.now(UTC) + timedelta(hours=8)).date()
    period = {"since": f"{today.year - 1}-01-01", "until": today.isoformat()}
    return stage.front.done(
        "/certificates", stage.keeper, person="R1", issuer=HOST, **period
    )


def test_a_certificate_is_printed_verified_corrected_and_revoked(stage: Stage) -> None:
    served(stage)
    issued = certificate(stage)
    assert (issued["minutes"], issued["sessions"], issued["state_text"]) == (
        30,
        1,
        "有效",
    )
    assert "code" not in issued
    code = stage.front.get(
        f"/certificates/{issued['id']}", stage.resident("R1")
    ).get_json()["code"]
    page = verified_page(stage, code)
    assert "有效" in page
    assert "30 分钟" in page
    assert "社区清洁日" not in page
    stage.front.done(
        f"{stage.path}/hours",
        stage.street,
        person="R1",
        minutes=25,
        reason="按纸质签到表",
    )
    assert "已更正" in verified_page(stage, code)
    told = stage.front.get(f"/verify/{code}").get_json()
    assert (
        told["minutes"],
        told["corrected"],
        told["minutes_now"],
        told["person"],
    ) == (30, True, 25, "R***")
    stage.front.done(
        f"/certificates/{issued['id']}/revoke", stage.keeper, reason="时长有误"
    )
    assert "已撤销" in verified_page(stage, code)


def verified_page(stage: Stage, code: str) -> str:
    answer = stage.front.client.get(f"/verify/{code}", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    return str(answer.text)


def test_the_printed_page_is_for_its_holder_and_loads_nothing_from_outside(
    stage: Stage,
) -> None:
    served(stage)
    id = certificate(stage)["id"]
    client = stage.front.client
    assert client.get(f"/certificates/{id}").status_code == 401
    other = {"Authorization": f"Bearer {stage.resident('R2')}"}
    assert client.get(f"/certificates/{id}", headers=other).status_code == 404
    own = client.get(
        f"/certificates/{id}",
        headers={"Authorization": f"Bearer {stage.resident('R1')}"},
    )
    assert own.status_code == 200
    assert "社区清洁日" in own.text
    assert "<svg" in own.text
    assert re.findall(r"(?:src|href|action)=\"([^\"]*)", own.text) == [
        "/static/certificate.css"
    ]
    assert "<script" not in own.text
    assert "no-store" in own.headers["Cache-Control"]
    assert "default-src 'none'" in own.headers["Content-Security-Policy"]


def test_after_a_change_of_keys_what_was_printed_is_good_and_the_page_says_why_it_has_no_code(
    tmp_path: Any,
) -> None:
    with gateway(tmp_path) as front:
        stage = Stage(front, tmp_path / "clock")
        served(stage)
        id = certificate(stage)["id"]
        code = front.get(f"/certificates/{id}", stage.keeper).get_json()["code"]
    (tmp_path / "keys" / "door.key").unlink()
    with gateway(tmp_path) as front:
        assert front.get(f"/verify/{code}").get_json()["state"] == "valid"
        holder = {
            "Authorization": f"Bearer {front.token('R1', ('resident', DISTRICT))}"
        }
        page = front.client.get(f"/certificates/{id}", headers=holder).text
        assert "已打印的仍可核验" in page
        assert "<svg" not in page


def test_what_is_printed_leads_to_the_platform_wherever_the_request_says_it_was_sent(
    stage: Stage,
) -> None:
    served(stage)
    id = certificate(stage)["id"]
    own = {"Authorization": f"Bearer {stage.resident('R1')}"}
    elsewhere = {
        "Host": "elsewhere.example",
        "X-Forwarded-Host": "elsewhere.example",
        "X-Forwarded-Proto": "https",
    }
    page = stage.front.client.get(
        f"/certificates/{id}", headers={**own, **elsewhere}
    ).text
    assert "http://127.0.0.1:8000/verify/" in page
    assert "elsewhere" not in page


@pytest.mark.parametrize("id", ["%00", "字" * 300, "nothing", "K1"])
def test_a_certificate_that_is_not_there_is_no_defect(stage: Stage, id: str) -> None:
    as_page = {"Authorization": f"Bearer {stage.keeper}"}
    for headers in (as_page, {**as_page, "Accept": "application/json"}):
        answer = stage.front.client.get(f"/certificates/{id}", headers=headers)
        assert answer.status_code in {404, 422}, answer.text
        assert answer.mimetype == (
            "application/problem+json" if "Accept" in headers else "text/html"
        )


@pytest.mark.parametrize("code", ["A" * 26, "short", "%00", "字" * 300])
def test_an_unknown_code_is_a_plain_page_or_a_problem(stage: Stage, code: str) -> None:
    page = stage.front.client.get(f"/verify/{code}")
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "没有这张证明" in page.text
    problem = stage.front.client.get(
        f"/verify/{code}", headers={"Accept": "application/json"}
    )
    assert (problem.status_code, problem.get_json()["code"]) == (404, "not_found")


def test_by_accept_a_program_gets_json(stage: Stage) -> None:
    served(stage)
    id = certificate(stage)["id"]
    code = stage.front.get(f"/certificates/{id}", stage.keeper).get_json()["code"]
    answer = stage.front.client.get(
        f"/verify/{code}", headers={"Accept": "application/json"}
    )
    assert answer.get_json()["state"] == "valid"
    assert answer.headers["Vary"] == "Accept, Cookie"  # Which says the language.


def test_a_code_is_typed_as_it_is_printed(stage: Stage) -> None:
    """In fours, in small letters, with a digit for the letter that looks like it."""
    served(stage)
    code = stage.front.get(
        f"/certificates/{certificate(stage)['id']}", stage.keeper
    ).get_json()["code"]
    fours = " ".join(code[at : at + 4] for at in range(0, len(code), 4))
    looks_like = code.replace("O", "0").replace("I", "1").replace("B", "8")
    for typed in (fours, code.lower(), looks_like, f"{code[:13]}-{code[13:]}"):
        assert "有效" in verified_page(stage, typed)
        assert stage.front.get(f"/verify/{typed}").status_code == 200


def test_a_record_says_who_was_in_charge_who_recorded_it_and_how_it_was_found(
    stage: Stage,
) -> None:
    served(stage)
    stage.front.done(f"{stage.path}/close", stage.keeper)
    of = {"person": "R1", "grade": "优秀"}
    refused = stage.front.post(
        f"{stage.path}/appraisals", stage.keeper, **{**of, "person": "R9"}
    )
    assert refused.get_json()["code"] == "not_signed_up"
    assert (
        stage.front.post(
            f"{stage.path}/appraisals", stage.resident("R1"), **of
        ).status_code
        == 403
    )
    stage.front.done(
        f"{stage.path}/appraisals", stage.keeper, **{**of, "grade": "良好"}
    )
    assert (
        stage.front.done(f"{stage.path}/appraisals", stage.keeper, **of)["appraisal"]
        == "优秀"
    )
    (service,) = stage.front.get("/me/record", stage.resident("R1")).get_json()["items"]
    assert (service["in_charge"], service["recorded_by"], service["appraisal"]) == (
        "W1",
        "W1",
        "优秀",
    )


def test_the_report_a_session_is_closed_with_has_the_figures_of_the_districts_table(
    stage: Stage,
) -> None:
    for person in ("R1", "R2"):
        stage.front.done(f"{stage.path}/checkins", stage.keeper, person=person)
    stage.front.done(f"{stage.path}/walk-ins", stage.keeper, person="R8")
    report = stage.front.get(f"{stage.path}/report", stage.keeper).get_json()
    counts = {
        name: report[name]
        for name in ("confirmed", "attended", "walked_in", "no_shows")
    }
    assert counts == {"confirmed": 3, "attended": 3, "walked_in": 1, "no_shows": 1}
    assert report["report"].endswith(
        "报名 3 人，到场 3 人（其中现场参加 1 人），爽约 1 人。"
    )
    stage.front.done(f"{stage.path}/close", stage.keeper, report=report["report"])
    everywhere = stage.front.token(
        "D1", ("community_worker", DISTRICT)
    )  # Others are not told figures of few.
    year = f"/metrics/figures?scope={DISTRICT}&period={instant(stage.starts + timedelta(hours=8))[:4]}"
    figures = eventually(
        lambda: stage.front.get(year, everywhere).get_json()["figures"], "sessions_held"
    )
    assert {name: figures[name] for name in ("confirmed", "attended", "no_shows")} == {
        name: report[name] for name in ("confirmed", "attended", "no_shows")
    }


def test_a_session_closed_on_a_later_day_says_so(stage: Stage, tmp_path: Any) -> None:
    assert "closed_late" not in stage.front.get(f"{stage.path}/session").get_json()
    (tmp_path / "clock").write_text(str(2 * 24 * 60 * 60))
    stage.front.done(f"{stage.path}/close", stage.keeper)
    assert stage.front.get(f"{stage.path}/session").get_json()["closed_late"] is True


def eventually(ask: Callable[[], dict[str, Any]], figure: str) -> dict[str, Any]:
    """The figures once metrics has followed."""
    return wait_until(lambda: figures if (figures := ask())[figure] else {})


def test_a_sentence_names_the_field_it_is_about_however_deep(stage: Stage) -> None:
    answer = stage.front.post(
        f"{stage.path}/signups",
        stage.resident("R9"),
        party=[{"person": "R9", "born": "x"}],
    )
    assert answer.get_json()["title"].startswith("出生日期：")
    assert answer.get_json()["errors"][0]["path"] == "party/0/born"
