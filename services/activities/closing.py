"""The report a session is closed with, as far as it is known already: its figures are those of the district's table."""

from datetime import datetime

from schemas.activities.sessions import MOST_NAMED
from services.activities.names import name_of
from services.activities.rules.counting import in_and_out
from services.activities.rules.settling import without_checkout
from services.kit.calendar import LOCAL
from services.kit.log import Data
from services.kit.views import Doc, Reads


def prefilled(docs: Reads, session: Doc, seating: Doc) -> Data:
    confirmed = seating["taken"] - seating["taken_walk_in"]
    turned_up = seating["attended"] - seating["attended_walk_in"]
    counts = {
        "confirmed": confirmed,
        "attended": seating["attended"],
        "walked_in": seating["attended_walk_in"],
        "no_shows": confirmed - turned_up + seating["late"],
        "waiting": seating["waiting"],
        "minutes": seating["minutes"],
    }
    said = _sentences(docs, session, {**counts, "late": seating["late"]})
    open_ended = without_checkout(docs, session["id"], MOST_NAMED) if in_and_out(session) else []
    people = [seat["person"] for seat in open_ended]
    return {"session": session["id"], **counts, "without_checkout": people, "report": "".join(said)}


def _sentences(docs: Reads, session: Doc, counts: dict[str, int]) -> list[str]:
    starts = datetime.fromisoformat(session["starts_at"]).astimezone(LOCAL)
    when = f"{starts.month} 月 {starts.day} 日 {starts:%H:%M}"
    shared = "、".join(_called(docs, host) for host in session["cohosts"])
    came = f"报名 {counts['confirmed']} 人，到场 {counts['attended']} 人"
    more = f"（其中现场参加 {counts['walked_in']} 人）" if counts["walked_in"] else ""
    late = f"（含截止后取消的 {counts['late']} 人）" if counts["late"] else ""
    missing = f"，爽约 {counts['no_shows']} 人{late}" if counts["no_shows"] else ""
    served = f"服务时长合计 {counts['minutes']} 分钟。" if counts["minutes"] else ""
    return [
        f"{when}，{_called(docs, session['host'])}在{session['place']}举办“{session['title']}”",
        f"，{shared}协办。" if shared else "。",
        f"{came}{more}{missing}。",
        served,
    ]


def _called(docs: Reads, host: str) -> str:
    return str(name_of(docs, host, "name").get("name", host))
