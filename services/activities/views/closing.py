"""The report a session is closed with, as far as it is known already: its figures are those of the district's table."""

from schemas.activities.roles import HELPER
from schemas.activities.sessions import MOST_NAMED
from schemas.documents import Json, if_any
from services.activities.model.roles import seatings_of
from services.activities.model.times import minute_of
from services.activities.rules.settling import without_checkout
from services.district.hosts import name_of
from services.kit.views import Reads

TIMES = ("minutes", "attended_minutes")


def prefilled(docs: Reads, session: Json) -> Json:
    """Figures of all who were there, and as `helpers` of those who helped; who did not check out; and a text of it."""
    seatings = [docs.the("seatings", id) for id in seatings_of(session)]
    counts = _sums([_counts(seating) for seating in seatings])
    counts |= _times(seatings)
    helping = _helping(seatings)
    beside = None if session.get("all_help") else helping
    late = sum(seating["late"] for seating in seatings)
    report = _report(docs, session, counts | {"late": late}, beside)
    figures = counts | if_any(helpers=helping)
    return figures | {
        "session": session["id"],
        "without_checkout": _without_checkout(docs, session),
        "report": report,
    }


def _times(seatings: list[Json]) -> dict[str, int]:
    return {name: sum(seating[name] for seating in seatings) for name in TIMES}


def _without_checkout(docs: Reads, session: Json) -> list[str]:
    """No more of them than are named."""
    seats = without_checkout(docs, session, MOST_NAMED)
    return [seat["person"] for seat in seats[:MOST_NAMED]]


def _sums(counted: list[dict[str, int]]) -> dict[str, int]:
    return {name: sum(each[name] for each in counted) for name in counted[0]}


def _helping(seatings: list[Json]) -> dict[str, int] | None:
    """The counts of those who helped, where any were to."""
    for seating in seatings:
        if seating["role"] == HELPER:
            return _counts(seating)
    return None


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


def _report(
    docs: Reads, session: Json, counts: dict[str, int], helping: dict[str, int] | None
) -> str:
    return (
        _held(docs, session)
        + _who_came(counts, helping)
        + _phrase("志愿服务时长合计 {} 分钟。", counts["minutes"])
        + _phrase("参与时长合计 {} 分钟。", counts["attended_minutes"])
    )


def _held(docs: Reads, session: Json) -> str:
    when = minute_of(session)
    host = _called(docs, session["host"])
    where = session["place"]
    held = f"{when}，{host}在{where}举办“{session['title']}”"
    cohosts = [_called(docs, cohost) for cohost in session["cohosts"]]
    if not cohosts:
        return f"{held}。"
    shared = "、".join(cohosts)
    return f"{held}，{shared}协办。"


def _who_came(counts: dict[str, int], helping: dict[str, int] | None) -> str:
    came = f"报名 {counts['confirmed']} 人，到场 {counts['attended']} 人"
    came += _phrase("（其中现场参加 {} 人）", counts["walked_in"])
    if helping:
        came += f"，其中志愿者 {helping['attended']} 人"
    if counts["no_shows"]:
        came += f"，爽约 {counts['no_shows']} 人"
        came += _phrase("（含截止后取消的 {} 人）", counts["late"])
    return f"{came}。"


def _phrase(words: str, count: int) -> str:
    """Nothing is said of nobody, or of no time."""
    return words.format(count) if count else ""


def _called(docs: Reads, host: str) -> str:
    return str(name_of(docs, host, "name").get("name", host))
