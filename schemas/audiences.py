"""For whom: an audience may contain others, as 一老一小 does the old and the young."""

from collections.abc import Iterable

PARTS = {"一老一小": ("老人", "儿童")}
EVERYBODY = "全体居民"


def contained(audience: str) -> frozenset[str]:
    """The audiences it consists of, itself where it has no parts."""
    return frozenset(PARTS.get(audience, (audience,)))


def of_all(audiences: Iterable[str]) -> frozenset[str]:
    """All that the audiences contain."""
    return frozenset(part for audience in audiences for part in contained(audience))


def in_words(audience: str) -> str:
    """With what it contains."""
    if audience not in PARTS:
        return audience
    parts = "、".join(PARTS[audience])
    return f"{audience}（{parts}）"


def related(text: str) -> list[str]:
    """What is meant as well by a text that speaks of a whole, or of a part of one."""
    wholes: list[str] = []
    inside: list[str] = []
    for whole, parts in PARTS.items():
        if any(part in text for part in parts):
            wholes.append(whole)
        if whole in text:
            inside.extend(parts)
    return [word for word in (*wholes, *inside) if word not in text]


def is_spoken_of(asked: str, text: str) -> bool:
    """Whether a text about an audience speaks of the one asked for, of one that contains it, or of a part of it."""
    return any(word in text for word in (asked, *related(asked)))
