"""How long a record is kept: until nobody has agreed to it, used it or renewed it for three years."""

from schemas import fields
from schemas.events import event
from schemas.people.persons import OfPerson

YEARS_KEPT, YEARS_MORE = 3, 1


class AskOverdue(fields.Schema):
    division = fields.Division(
        required=True, metadata={"description": "区、街道或社区代码"}
    )


# Events


@event("person_kept.v1")
class PersonKept(OfPerson):
    """It was to be erased, and is not: who it is holds a role."""

    until = fields.Day(required=True)


# Answers


class Overdue(fields.Schema):
    overdue = fields.Whole(
        0,
        2**53,
        required=True,
        metadata={"description": "超过保存期还没有删除的人数，应当为 0"},
    )
    kept = fields.Whole(0, 2**53, required=True, metadata={"description": "在册的人数"})
