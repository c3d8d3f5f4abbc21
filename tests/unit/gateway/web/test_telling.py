"""What was refused, as a page tells it: nobody's number, and in the language of the page."""

import pytest
from flask import Flask, Response, jsonify

from gateway.edge.errors import CSRF
from gateway.web.display import COOKIE
from gateway.web.telling import plainly, to_islands

LIN = "01KWMNAYM4M7J4KDTPKDZWH0WN"
NOT_SIGNED_UP = f"{LIN} 没有报名《包粽子》的这一场；确实来了的，请按现场参加登记"
IN_ENGLISH = {"Cookie": f"{COOKIE}=auto.100.en"}


@pytest.mark.parametrize(
    ("told", "chinese", "english"),
    [
        (f"{LIN} 还没有签到", "这位居民还没有签到", "This resident has not checked in"),
        (
            f"{LIN}~child-2 还没有签到",
            "这位居民的第二个孩子还没有签到",
            "This resident's Second child has not checked in",
        ),
        (
            f"{LIN}~grandma 还没有签到",
            "这位居民的家人还没有签到",
            "This resident's Family has not checked in",
        ),
        (
            "child-1 不住在本活动面向的社区",
            "孩子不住在本活动面向的社区",
            "Child does not live in a community the activity is for",
        ),
        (
            "没有这个活动",
            "没有这个活动",
            "There is no such activity",
        ),
        (
            "要跳过多余的列，请勾选“跳过不认识的列”（接口为 extra=skip，xfh 为 --skip-extra）",
            "要跳过多余的列，请勾选“跳过不认识的列”",
            "To skip other columns, tick “Skip columns that are not known”",
        ),
        ("child-1-2 是活动的名字", "child-1-2 是活动的名字", "child-1-2 是活动的名字"),
    ],
)
def test_who_is_meant_is_said_in_words(told: str, chinese: str, english: str) -> None:
    app = Flask("gateway")
    with app.test_request_context("/"):
        assert plainly(told) == chinese
    with app.test_request_context("/", headers=IN_ENGLISH):
        assert plainly(told) == english


@pytest.mark.parametrize("script", [True, False])
def test_a_script_of_ours_is_told_so_and_programs_as_they_know_it(script: bool) -> None:
    app = Flask("gateway")
    body = {"title": NOT_SIGNED_UP, "errors": [{"message": NOT_SIGNED_UP}]}
    environ = {CSRF: "t"} if script else {}
    with app.test_request_context("/", environ_base=environ):
        answered = to_islands(jsonify(body)).get_json()
    begins = "这位居民没有报名" if script else LIN
    assert answered["title"].startswith(begins)
    assert answered["errors"][0]["message"].startswith(begins)


def test_lines_that_were_refused_are_told_in_the_language_of_the_page() -> None:
    app = Flask("gateway")
    rows = [{"errors": []}, {"errors": [{"message": NOT_SIGNED_UP}]}]
    ours = {CSRF: "t"}
    with app.test_request_context("/", headers=IN_ENGLISH, environ_base=ours):
        answered: Response = to_islands(jsonify({"rows": rows}))
    said = answered.get_json()["rows"][1]["errors"][0]["message"]
    assert said.startswith("This resident has not signed up")


def test_what_was_done_is_answered_as_it_is() -> None:
    app = Flask("gateway")
    with app.test_request_context("/", environ_base={CSRF: "t"}):
        answer = jsonify({"document": {"title": f"{LIN} 没有报名"}})
        before = answer.get_data()
        assert to_islands(answer).get_data() == before
