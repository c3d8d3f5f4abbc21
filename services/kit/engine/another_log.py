"""A log that is no longer the one its followers' documents were folded from: put back from earlier, or lost."""

from collections.abc import Mapping

from schemas.documents import Json
from services.kit.cursors import Begun
from services.kit.log import Event, Log


class AnotherLog(Exception):
    """The log that is followed is no longer the one the documents were folded from: put back from earlier, or lost."""


ANOTHER = AnotherLog.__name__


def is_at_another(kept: Json | None) -> bool:
    """Whether a follower stands because the log is another."""
    return kept is not None and kept.get("kind") == ANOTHER


def is_another(begun: Begun, there: str | None) -> bool:
    """Whether a log with the event `there` at the cursor is another than the one followed so far.

    `there` is `""` where the log is shorter, None where it is not known.
    """
    if there is None or not begun.position:
        return False
    known = begun.mark.event
    return not there or (known != "" and known != there)


def id_at(log: Log, position: int) -> str:
    """The id of the event at that position; `""` where the log is shorter."""
    return log.ids([position]).get(position, "")


def place_in_another(
    begun: Begun, there: str, about: Mapping[str, str]
) -> tuple[Event, AnotherLog]:
    """Where to park: what comes after the cursor in another log is none of what comes after it in ours.

    `about` says whose follower it is: `{service, source}`.
    """
    what = f"不是 {begun.mark.event} 而是 {there}" if there else "已经没有了"
    error = AnotherLog(
        f"{about['source']} 的日志换过了：已跟到第 {begun.position} 个事件，它{what}。"
        f"请放回原来的数据；已经找不回来时，执行 xfh rebuild {about['service']} 重新跟随"
    )
    return Event(begun.position, begun.mark.event, "", "", "", {}, ""), error
