"""What differs between a posting that was sent back and the one that came again."""

from typing import Any

from schemas.documents import Json

UNSAID = {"id", "seq", "activity", "session", "link"}


def differences(before: Json, after: Json) -> list[Json]:
    """`[{field, before, after}]`, values as text, None where nothing was said; sessions by their number."""
    was, now = _said(before), _said(after)
    names = [*was, *(name for name in now if name not in was)]
    return [
        {"field": name, "before": was.get(name), "after": now.get(name)}
        for name in names
        if was.get(name) != now.get(name)
    ]


def _said(content: Json) -> dict[str, str]:
    said: dict[str, Any] = {
        name: value
        for name, value in content.items()
        if name not in {*UNSAID, "sessions", "terms", "cohosts"}
    }
    said |= {"cohosts": content["cohosts"]} if content["cohosts"] else {}
    for place, plan in enumerate(content["sessions"], start=1):
        said |= {
            f"sessions/{place}/{name}": value
            for name, value in plan.items()
            if name not in UNSAID
        }
    said |= {f"terms/{name}": value for name, value in content["terms"].items()}
    return {name: _text(value) for name, value in said.items()}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, list) else str(value)
