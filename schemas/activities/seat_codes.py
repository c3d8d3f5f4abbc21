"""The codes of seats: what somebody shows at the door, and what the door takes along to know them offline."""

import marshmallow as ma

from schemas import fields
from schemas.activities.contents import session_id
from schemas.activities.door import LETTERS, LETTERS_TYPED
from schemas.activities.door import code_hash as hash_of_code
from schemas.activities.relations import RELATIONS
from schemas.activities.signups import STATES, ListOfSession
from schemas.persons import Person
from schemas.resource import Resource


class DoorList(ListOfSession):
    pass


# Resources


class SeatCode(fields.Schema):
    person = Person(required=True)
    relation = fields.OneOf(RELATIONS, required=True)
    code = fields.Text(
        LETTERS, required=True, metadata={"description": "放进二维码的内容"}
    )
    typed = fields.Text(
        LETTERS_TYPED, required=True, metadata={"description": "可以念、可以输的前几位"}
    )


class SeatCodes(Resource):
    """`id` is the sign-up's. Without a seat there are no codes."""

    activity = fields.Id(required=True)
    session = session_id()
    title = fields.Text(200, required=True)
    place = fields.Text(200)
    state = fields.OneOf(STATES, required=True)
    starts_at = fields.Instant(required=True)
    ends_at = fields.Instant(required=True)
    opens_at = fields.Instant(required=True, metadata={"description": "从何时可以签到"})
    closes_at = fields.Instant(
        required=True, metadata={"description": "到何时还可以签到签退"}
    )
    codes = ma.fields.List(
        ma.fields.Nested(SeatCode),
        required=True,
        metadata={"description": "每个座位一个；没有座位时为空"},
    )


class Expected(Resource):
    """A seat as the door takes it along. Codes are known by their hashes: a list that is lost lets nobody in."""

    id = fields.Text(200, required=True, metadata={"description": "场次:人员"})
    person = Person(required=True)
    relation = fields.OneOf(RELATIONS, required=True)
    signup = fields.Id(required=True)
    since = fields.Instant(
        required=True,
        allow_none=True,
        metadata={"description": "最早何时签到；没有签到为 null"},
    )
    code_hash = hash_of_code()
    typed_hash = hash_of_code()
