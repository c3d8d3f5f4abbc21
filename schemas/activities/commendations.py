"""Commendations (表彰奖励): that somebody was commended, by whom and when, as a volunteer's record is to say."""

from schemas import fields
from schemas.activities.certificates import issuer
from schemas.decisions import reason
from schemas.events import event
from schemas.paging import Paged
from schemas.persons import resident
from schemas.resource import Resource

STATES = ("given", "withdrawn")


class Commend(fields.Schema):
    """By a host, or by a district or street. The words are for the record, and name nobody."""

    person = resident()
    issuer = issuer(
        required=True, metadata={"description": "表彰的单位：主办方，或区、街道代码"}
    )
    title = fields.Text(
        60,
        required=True,
        metadata={"description": "表彰名称，如“年度优秀志愿者”，不写任何人的信息"},
    )
    on = fields.Day(required=True, metadata={"description": "哪一天表彰的"})


class OfCommendation(fields.Schema):
    commendation = fields.Id(required=True, metadata={"description": "表彰编号"})


class WithdrawCommendation(OfCommendation):
    reason = reason("撤回的原因，会告知本人")


class MyCommendations(Paged):
    pass


class ResidentCommendations(Paged):
    """Those of one issuer, for whoever acts for it."""

    person = resident()
    issuer = issuer(
        required=True, metadata={"description": "表彰的单位：主办方，或区、街道代码"}
    )


# Events


@event("person_commended.v1")
class PersonCommended(Commend, OfCommendation):
    by = fields.Id(required=True)


@event("commendation_withdrawn.v1")
class CommendationWithdrawn(WithdrawCommendation):
    by = fields.Id(required=True)


# Resources


class Commendation(Resource):
    person = fields.Id(required=True)
    issuer = issuer(required=True)
    issuer_name = fields.Text(100, metadata={"description": "表彰的单位名称"})
    title = fields.Text(60, required=True, metadata={"description": "表彰名称"})
    on = fields.Day(required=True, metadata={"description": "哪一天表彰的"})
    state = fields.OneOf(STATES, required=True)
    state_text = fields.Text(
        20, required=True, metadata={"description": "有效、已撤回"}
    )
    reason = fields.Text(200, metadata={"description": "撤回的原因"})
