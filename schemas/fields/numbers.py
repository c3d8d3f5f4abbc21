"""Whole numbers, and yes or no."""

from typing import Any

from marshmallow import fields

from schemas.fields.complaints import Complaint, messages, wrong
from schemas.fields.described import described


class Whole(fields.Integer):
    """A whole number from `least` to `most`; `1.0`, `"1"` and `true` are not whole numbers here."""

    default_error_messages = messages(invalid=Complaint("wrong_type", "应为整数"))

    def __init__(
        self, least: int, most: int, code: str = "out_of_range", **kwargs: Any
    ) -> None:
        self.least, self.most, self.code = least, most, code
        super().__init__(**described(kwargs, minimum=least, maximum=most))

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> int:
        if type(value) is not int:
            raise self.make_error("invalid")
        if not self.least <= value <= self.most:
            raise wrong(self.code, f"应在 {self.least} 到 {self.most} 之间")
        return value


class Truth(fields.Boolean):
    """`true` or `false`, nothing that looks like it."""

    default_error_messages = messages(
        invalid=Complaint("wrong_type", "应为 true 或 false")
    )

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> bool:
        if type(value) is not bool:
            raise self.make_error("invalid")
        return value
