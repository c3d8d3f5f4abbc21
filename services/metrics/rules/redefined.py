"""Figures that are counted otherwise than in the report before: the first report counted anew says so.

A report keeps the definitions it was counted by, so that what was published stays what it was.
"""

from collections.abc import Mapping
from typing import Any

from schemas.documents import Json
from services.kit.views import Find, Reads
from services.metrics.folds.reports import REPORTS, VERSIONS, version_id

ANEW = "上月和去年同月的数字已按新的口径重算，与以前发布的月报不同"


def redefined(docs: Reads, said: Json, last: Json | None = None) -> Json:
    """`{redefined: […]}` of what a version would say; nothing where all is counted as it was.

    `last` is the version before it; else, or where that changed nothing, it is held against the month before it.
    """
    earlier = [version for version in (last, _published_before(docs, said)) if version]
    found = next(filter(None, (_differing(version, said) for version in earlier)), [])
    return {"redefined": found} if found else {}


def meanings(version: Mapping[str, Any]) -> dict[str, str]:
    return {one["identifier"]: one["meaning"] for one in version["definitions"]}


def in_words(version: Json) -> Json:
    """`{redefined: […]}` as the report shows it."""
    names = {one["identifier"]: one["name"] for one in version["definitions"]}
    now = meanings(version)
    told = [
        {
            **one,
            "name": names[one["identifier"]],
            "text": _text(names[one["identifier"]], one, now[one["identifier"]]),
        }
        for one in version.get("redefined", ())
    ]
    return {"redefined": told} if told else {}


def _text(name: str, one: Json, now: str) -> str:
    if "before" not in one:
        return f"“{name}”是从本期起新增的数字：{now}。"
    return f"“{name}”从本期起口径有变：现在是“{now}”，以前是“{one['before']}”。{ANEW}。"


def _published_before(docs: Reads, said: Json) -> Json | None:
    """The latest version of the latest month before it that was published."""
    find = Find(
        REPORTS,
        {"scope": said["scope"]},
        "month",
        until=said["month"],
        limit=1,
        newest_first=True,
    )
    return next(
        (
            docs.get(VERSIONS, version_id(one["id"], one["version"]))
            for one in docs.find(find)
        ),
        None,
    )


def _differing(earlier: Json, said: Json) -> list[Json]:
    before, now = meanings(earlier), meanings(said)
    changed = [
        {"identifier": figure, "before": before[figure]}
        for figure in now
        if figure in before and before[figure] != now[figure]
    ]
    return [
        *changed,
        *({"identifier": figure} for figure in now if figure not in before),
    ]
