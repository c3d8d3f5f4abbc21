"""Asking for a list page by page."""

from typing import Any

import marshmallow as ma
from marshmallow import fields as marshmallow_fields

from schemas import fields

MOST_SEARCHED = 40
BAD_CURSOR = fields.Complaint("bad_cursor", "翻页位置无效，请从第一页重新开始")


class Place(marshmallow_fields.Field[list[str | int]]):
    """Where the last page ended: `[the value it is ordered by, the last id]`, as the answer's `next` gave it."""

    default_error_messages = {**fields.COMMON, "invalid": BAD_CURSOR}

    WORD = fields.Text(200)
    NUMBER = fields.Whole(0, 2**53)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> list[str | int]:
        if not isinstance(value, list) or len(value) != 2:
            raise self.make_error("invalid")
        try:
            by = self.NUMBER if isinstance(value[0], int) else self.WORD
            place: list[Any] = [
                by.deserialize(value[0]),
                self.WORD.deserialize(value[1]),
            ]
        except ma.ValidationError as error:
            raise self.make_error("invalid") from error
        return place


class Paged(fields.Schema):
    """Base of every question whose answer is a list."""

    after = Place(
        allow_none=True,
        load_default=None,
        metadata={"description": "上一页答复中的 next"},
    )
    limit = fields.Whole(
        1,
        100,
        code="bad_page_size",
        load_default=20,
        metadata={"description": "每页条数"},
    )


class Searched(Paged):
    """Base of every question for a list that can be searched by words."""

    text = fields.Text(
        MOST_SEARCHED,
        metadata={
            "description": "按字词查找，几个词用空格隔开，每个词都要出现；填写时最新的排在最前"
        },
    )
