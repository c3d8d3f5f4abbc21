"""The report a session is closed with, as far as it is known already: its figures are those of the district's table."""

from datetime import datetime

from schemas.activities.roles import HELPER
from schemas.activities.sessions import MOST_NAMED
from schemas.documents import Json
from services.activities.model.roles import seatings_of
from services.activities.rules.settling import without_checkout
from services.district.calendar import LOCAL
from services.district.hosts import name_of
from services.kit.views import Reads

TIMES = ("minutes", "attended_minutes")


def prefilled(docs: Reads, session: Json) -> Json:
    """All who were there, and of them those who helped."""
    seatings = [docs.get("seatings", id) or {} for id in seatings_of(session)]
    counted = [_counts(seating) for seating in seatings]
    counts = {name: sum(each[name] for each in counted) for name in counted[0]}
    times = {name: sum(seating[name] for seating in seatings) for name in TIMES}
    helping = [
        each
        for each, seating in zip(counted, seatings, strict=True)
        if seating["role"] == HELPER
    ]
    beside = [] if session.get("all_help") else helping
    late = sum(seating["late"] for seating in seatings)
    said = _sentences(docs, session, {**counts, **times, "late": late}, beside)
    open_ended = without_checkout(docs, session, MOST_NAMED)
    return {
        "session": session["id"],
        **counts,
        **times,
        **({"helpers": helping[0]} if helping else {}),
        "without_checkout": [seat["person"] for seat in open_ended[:MOST_NAMED]],
        "report": "".join(said),
    }


def _counts(seating: Json) -> dict[str, int]:
    confirmed = seating["taken"] - seating["taken_walk_in"]
    turned_up = seating["attended"] - seating["attended_walk_in"]
    return {
        "confirmed": confirmed,
        "attended": seating["attended"],
        "walked_in": seating["attended_walk_in"],
        "no_shows": confirmed - turned_up + seating["late"],
        "waiting": seating["waiting"],
    }


def _sentences(
    docs: Reads, session: Json, counts: dict[str, int], helping: list[dict[str, int]]
) -> list[str]:
    starts = datetime.fromisoformat(session["starts_at"]).astimezone(LOCAL)
    when = f"{starts.month} 月 {starts.day} 日 {starts:%H:%M}"
    shared = "、".join(_called(docs, host) for host in session["cohosts"])
    came = f"报名 {counts['confirmed']} 人，到场 {counts['attended']} 人"
    more = f"（其中现场参加 {counts['walked_in']} 人）" if counts["walked_in"] else ""
    late = f"（含截止后取消的 {counts['late']} 人）" if counts["late"] else ""
    missing = f"，爽约 {counts['no_shows']} 人{late}" if counts["no_shows"] else ""
    helped = "".join(f"，其中志愿者 {each['attended']} 人" for each in helping)
    served = f"志愿服务时长合计 {counts['minutes']} 分钟。" if counts["minutes"] else ""
    took_part = (
        f"参与时长合计 {counts['attended_minutes']} 分钟。"
        if counts["attended_minutes"]
        else ""
    )
    return [
        f"{when}，{_called(docs, session['host'])}在{session['place']}举办“{session['title']}”",
        f"，{shared}协办。" if shared else "。",
        f"{came}{more}{helped}{missing}。",
        served,
        took_part,
    ]


def _called(docs: Reads, host: str) -> str:
    return str(name_of(docs, host, "name").get("name", host))
