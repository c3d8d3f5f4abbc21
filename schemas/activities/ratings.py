"""What people thought of an activity, without who thought it; and one's own."""

from schemas import fields
from schemas.activities.signups import ListOfSession, Seat


class ListRatings(ListOfSession):
    """From the lowest score to the highest: by when they were given one could tell whose they are."""


class Rating(fields.Schema):
    score = fields.Whole(1, 5, required=True, metadata={"description": "评分 1–5"})
    words = fields.Text(500, metadata={"description": "想说的话；已删除则没有"})


class OwnSeat(Seat):
    score = fields.Whole(
        1, 5, allow_none=True, metadata={"description": "本人的评分，只有本人看得到"}
    )
