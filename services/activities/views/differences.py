"""What differs between a posting that was sent back and the one that came again."""

from typing import Any

from schemas.documents import Json, if_any, without

UNSAID = ("id", "seq", "activity", "session", "link")
APART = ("sessions", "terms", "cohosts")


def differences(before: Json, after: Json) -> list[Json]:
    """`[{field, before, after}]`, values as text, None where nothing was said; sessions by their number."""
    was = _by_field(before)
    now = _by_field(after)
    differing = []
    for field in dict.fromkeys([*was, *now]):
        old, new = was.get(field), now.get(field)
        if old != new:
            differing.append({"field": field, "before": old, "after": new})
    return differing


def _by_field(content: Json) -> dict[str, str]:
    """What a posting says, each value as text: `place`, `terms/age_from`, `sessions/1/capacity`."""
    fields = without(content, *UNSAID, *APART)
    fields |= if_any(cohosts=content["cohosts"])
    for number, plan in enumerate(content["sessions"], start=1):
        of_session = without(plan, *UNSAID)
        fields |= _under(f"sessions/{number}", of_session)
    fields |= _under("terms", content["terms"])
    return {field: _text(value) for field, value in fields.items()}


def _under(path: str, fields: Json) -> Json:
    return {f"{path}/{name}": value for name, value in fields.items()}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, list) else str(value)
