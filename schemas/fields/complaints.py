"""What a reader is told of a value that is not taken: a stable code and a Chinese sentence."""

from collections.abc import Iterator, Mapping
from typing import Any

import marshmallow as ma


class Complaint(str):
    """A sentence for the reader that carries its stable code through marshmallow."""

    code: str

    def __new__(cls, code: str, sentence: str) -> "Complaint":
        complaint = super().__new__(cls, sentence)
        complaint.code = code
        return complaint

    def __deepcopy__(self, memo: dict[int, Any]) -> "Complaint":
        """Itself: nothing in it can change."""
        return self

    def format(self, *args: object, **kwargs: object) -> "Complaint":
        """Keeps the code, which `str.format` would drop."""
        return Complaint(self.code, super().format(*args, **kwargs))


COMMON = {
    "required": Complaint("missing_field", "必须填写"),
    "null": Complaint("missing_field", "不能为空值"),
    "type": Complaint("wrong_type", "应为一个对象"),
    "unknown": Complaint("unknown_field", "没有这个字段"),
    "validator_failed": Complaint("not_allowed", "不是允许的值"),
}


def messages(**own: Complaint) -> dict[str, str | list[Any] | dict[Any, Any]]:
    """What a type of field says: its own, and what all say."""
    return {**COMMON, **own}


def wrong(code: str, sentence: str) -> ma.ValidationError:
    """To be raised by a field for its own value."""
    return ma.ValidationError(Complaint(code, sentence))


def complaints(error: ma.ValidationError) -> list[dict[str, str]]:
    """Flattens marshmallow's nested messages: `[{path, code, message}]`, path as `party/0/person`."""
    return list(_flatten(error.messages, ()))


def _flatten(messages: Any, path: tuple[str, ...]) -> Iterator[dict[str, str]]:
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            of_the_whole = name == "_schema"
            yield from _flatten(inner, path if of_the_whole else (*path, str(name)))
        return
    for message in messages if isinstance(messages, list) else [messages]:
        code = getattr(message, "code", "invalid")
        yield {"path": "/".join(path), "code": code, "message": str(message)}
