"""Objects, objects inside them, and lists."""

from collections.abc import Iterator, Mapping
from typing import Any

import marshmallow as ma
from marshmallow import fields

from schemas.fields.complaints import COMMON, Complaint, messages, wrong
from schemas.fields.described import described
from schemas.fields.texts import OneOf

MOST_NAMES = 200  # Of one object; the largest there is has not a third of that.


class Schema(ma.Schema):
    """Base of every schema: unknown fields are refused, and refusals speak Chinese."""

    error_messages = {
        "unknown": COMMON["unknown"],
        "type": COMMON["type"],
        "invalid": COMMON["type"],
    }

    class Meta:
        unknown = ma.RAISE

    def load(self, data: Any, **kwargs: Any) -> Any:
        """Raises `ValidationError`, for an object of very many names before any of them is looked at."""
        if isinstance(data, Mapping) and len(data) > MOST_NAMES:
            raise wrong("too_many_fields", f"一项里最多 {MOST_NAMES} 个字段")
        return super().load(data, **kwargs)


class Part(fields.Nested):
    """An object inside an object."""

    default_error_messages = messages()

    def __init__(self, schema: type[Schema], **kwargs: Any) -> None:
        super().__init__(schema, **kwargs)


class Many(fields.List[Any]):
    """A list of `least` to `most` items; of a fixed list of words it has each word once."""

    default_error_messages = messages(invalid=Complaint("wrong_type", "应为列表"))

    def __init__(
        self,
        item: fields.Field[Any],
        least: int,
        most: int,
        code: str = "list_length",
        what: str = "项",
        **kwargs: Any,
    ) -> None:
        self.least, self.most = least, most
        self.code, self.what = code, what
        super().__init__(item, **described(kwargs, minItems=least, maxItems=most))

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> list[Any]:
        if isinstance(value, list):
            self._must_have_so_many(len(value))
        items: list[Any] = super()._deserialize(value, *args, **kwargs)
        return list(dict.fromkeys(items)) if isinstance(self.inner, OneOf) else items

    def _must_have_so_many(self, items: int) -> None:
        if self.least <= items <= self.most:
            return
        fewest = f"应有 {self.least} 到" if self.least else "最多"
        raise wrong(self.code, f"{fewest} {self.most} {self.what}")


def named(schema: ma.Schema, mark: str) -> Iterator[str]:
    """The names of the fields marked so in their metadata, at any depth."""
    for name, field in schema.fields.items():
        if field.metadata.get(mark):
            yield name
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            yield from named(inner.schema, mark)
