"""Figures that are counted otherwise than in the report before: the first report counted anew says so.

A report keeps the definitions it was counted by, so that what was published stays what it was.
"""

from collections.abc import Mapping
from typing import Any

from schemas.documents import Json, if_any
from services.kit.views import Find, Reads
from services.metrics.folds.reports import REPORTS, VERSIONS, version_id

ANEW = "上月和去年同月的数字已按新的口径重算，与以前发布的月报不同"


def redefined(docs: Reads, content: Json, last: Json | None = None) -> Json:
    """`{redefined: […]}` of what a version would say; nothing where all is counted as it was.

    `last` is the version before it; else, or where that changed nothing, it is held against the month before it.
    """
    for earlier in (last, _published_before(docs, content)):
        differing = _differing(earlier, content) if earlier else []
        if differing:
            return {"redefined": differing}
    return {}


def meanings(version: Mapping[str, Any]) -> dict[str, str]:
    """`{figure: how it is counted}`."""
    return {one["identifier"]: one["meaning"] for one in version["definitions"]}


def in_words(version: Json) -> Json:
    """`{redefined: […]}` as the report shows it."""
    definitions = {one["identifier"]: one for one in version["definitions"]}
    shown = [
        _in_words(change, definitions[change["identifier"]])
        for change in version.get("redefined", ())
    ]
    return if_any(redefined=shown)


def _in_words(change: Json, definition: Json) -> Json:
    name = definition["name"]
    return change | {"name": name, "text": _text(name, change, definition["meaning"])}


def _text(name: str, change: Json, now: str) -> str:
    if "before" not in change:
        return f"“{name}”是从本期起新增的数字：{now}。"
    before = change["before"]
    return f"“{name}”从本期起口径有变：现在是“{now}”，以前是“{before}”。{ANEW}。"


def _published_before(docs: Reads, content: Json) -> Json | None:
    """The latest version of the latest month before it that was published."""
    earlier = Find(
        REPORTS,
        {"scope": content["scope"]},
        "month",
        until=content["month"],
        limit=1,
        newest_first=True,
    )
    for report in docs.find(earlier):
        return docs.get(VERSIONS, version_id(report["id"], report["version"]))
    return None


def _differing(earlier: Json, content: Json) -> list[Json]:
    """First what is counted otherwise, with how it was; then what is new."""
    before = meanings(earlier)
    now = meanings(content)
    changed = [name for name in now if before.get(name, now[name]) != now[name]]
    new = [name for name in now if name not in before]
    return [
        *({"identifier": figure, "before": before[figure]} for figure in changed),
        *({"identifier": figure} for figure in new),
    ]
