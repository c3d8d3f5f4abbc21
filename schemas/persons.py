"""Whom an id stands for: somebody who acts for themself, or a guest whom that person has named.

An id that somebody else says is not consent. Whoever signs others up names guests: `lin-mei~grandma` is whom lin-mei
calls grandma, and nobody else. No actor can have such an id and no two signers share one, so naming somebody tells
nothing about anybody and binds nobody.
"""

from typing import Any

from schemas import fields

MARK = "~"


class Person(fields.Code):
    """The id of a person or of somebody's guest."""

    def __init__(self, **kwargs: Any) -> None:
        complaint = fields.Complaint(
            "bad_id", "编号应以字母开头，由字母、数字和 . _ - 组成，最多 64 位"
        )
        super().__init__(
            rf"{fields.Id.PATTERN}({MARK}{fields.Id.PATTERN})?",
            complaint,
            most=129,
            **kwargs,
        )


def resident() -> fields.Id:
    """Of whom a record is kept, or a paper made out; nobody's guest."""
    return fields.Id(
        required=True, metadata={"description": "居民编号", "names_person": True}
    )


def guest(by: str, name: str) -> str:
    """Whom `by` calls `name`."""
    return f"{by}{MARK}{name}"


def is_guest(person: str) -> bool:
    """True for who was named by somebody else and has no id of their own."""
    return MARK in person


def principal(person: str) -> str:
    """Who answers for the person: whoever named a guest, else the person."""
    return person.partition(MARK)[0]


def called(person: str) -> str:
    """How whoever answers for the person says who it is: a guest by the name they gave, anybody else by id."""
    return person.rpartition(MARK)[2]
