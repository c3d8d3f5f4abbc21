"""Signing up: a party takes its seats together, waits together, or is told why not."""

from schemas import fields
from schemas.acting import OnBehalf
from schemas.activities.contents import OfSession, link
from schemas.activities.door import GRADES, MOST_SCANS, Mark
from schemas.activities.parties import (
    MOST_IN_A_PARTY,
    SaidParticipant,
    born,
    party,
)
from schemas.activities.relations import RELATIONS
from schemas.activities.roles import role
from schemas.decisions import reason
from schemas.paging import Paged
from schemas.persons import Person
from schemas.resource import Resource

STATES = (
    "requested",
    "confirmed",
    "waiting",
    "offered",
    "cancelled",
    "declined",
    "lapsed",
    "missed",
)
POOLS = ("online", "offline", "walk_in")
MOST_PROMOTED = 200


class SignUp(OfSession, OnBehalf):
    """`by` is the resident a community worker signs up for who has no record; for who has one, `on_behalf_of`."""

    party = party(SaidParticipant)
    by = fields.Id(
        metadata={
            "description": "给没有登记的居民代报：居民编号；登记过的写替谁办理",
            "names_person": True,
        }
    )
    role = role("整组作为什么来；不填为参与者，全部是志愿者岗位的活动为志愿者")


class OfSignup(fields.Schema):
    signup = fields.Id(required=True, metadata={"description": "报名编号"})


class GetSignup(OfSignup, OnBehalf):
    pass


class AcceptOffer(OfSignup, OnBehalf):
    pass


class CancelSignup(OfSignup, OnBehalf):
    """`reason` is the host's, who cancels for others; a resident gives none."""

    reason = reason("主办方代为取消的原因，会告知报名人", required=False)


class DeclineSignup(OfSignup):
    reason = reason("不通过的原因，会告知报名人")


class PassOn(OfSignup, OnBehalf):
    person = Person(required=True, metadata={"description": "不来的人"})
    to = fields.Part(
        SaidParticipant, required=True, metadata={"description": "改由家里哪一位来"}
    )


class AddToParty(OfSignup, OnBehalf):
    """One more, when a seat is free for them."""

    member = fields.Part(
        SaidParticipant, required=True, metadata={"description": "还有哪一位同来"}
    )


class JoinParty(OfSignup):
    """A guest, told of the sign-up by who made it, takes the seat as themself: only now is it known who they are."""

    person = Person(required=True, metadata={"description": "报名人在名单里对您的称呼"})
    community = fields.Division(
        "community", metadata={"description": "居住社区，限社区的活动要填"}
    )
    household = fields.Id(metadata={"description": "户编号，每户限报一次的活动要填"})
    born = born()


class LeaveParty(OfSignup, OnBehalf):
    """Oneself, or one whom the actor answers for; `reason` is the host's."""

    person = Person(metadata={"description": "谁退出，不填为自己"})
    reason = reason("主办方请人退出的原因，会告知本人和报名人", required=False)


class ListOfSession(OfSession, Paged):
    pass


class ListSignups(ListOfSession):
    state = fields.AnyOf(
        STATES, metadata={"description": "只看这些状态，如 requested 为待审核"}
    )
    role = role("只看作为什么来的")


class Roster(ListOfSession):
    state = fields.AnyOf(
        STATES, metadata={"description": "只看这些状态，如 confirmed 为有座的"}
    )
    role = role("只看作为什么来的")


class MySignups(Paged, OnBehalf):
    pass


# Resources


class SignupAnswered(Resource):
    """A sign-up as a command leaves it. What its session is called and when it is, who asks for it is told as of then:

    the same answer is given to a repeated key, whenever that comes.
    """

    activity = fields.Id(required=True)
    session = fields.Id(required=True)
    by = fields.Id(required=True)
    party = party()
    pool = fields.OneOf(POOLS)
    role = role("作为什么来", required=True)
    role_text = fields.Text(20, metadata={"description": "作为什么来，给人看的"})
    size = fields.Whole(1, MOST_IN_A_PARTY, required=True)
    state = fields.OneOf(STATES, required=True)
    state_text = fields.Text(
        20,
        required=True,
        metadata={"description": "已确认、候补第 3 位、待审核、已取消"},
    )
    position = fields.Whole(
        0, 2**53, metadata={"description": "候补位次，0 为不在候补"}
    )
    answer_by = fields.Instant(
        metadata={"description": "请在此前答复，过时名额让给下一位"}
    )
    reason = fields.Text(
        200, metadata={"description": "不通过的原因，或主办方取消的原因"}
    )
    ticket = fields.Whole(1, 2**53)
    household_shared = fields.Truth(
        metadata={"description": "true 表示另有报名写了同一户；只有主办方看得到"}
    )


class OwnRating(fields.Schema):
    score = fields.Whole(1, 5, required=True)
    has_words = fields.Truth(
        required=True, metadata={"description": "写了话，还没有删除"}
    )


class Signup(SignupAnswered):
    starts_at = fields.Instant(
        required=True, metadata={"description": "本场现在的开始时间"}
    )
    title = fields.Text(
        70, metadata={"description": "活动现在的名称；已取消的前面写着【已取消】"}
    )
    link = link()
    may_rate = fields.Truth(
        metadata={"description": "true 表示看的人到了场，还没有评价"}
    )
    rated = fields.Part(
        OwnRating, metadata={"description": "看的人自己的评价；别人看不到"}
    )


class Seat(Resource):
    """One person in one session: the roster's line."""

    id = fields.Text(200, required=True, metadata={"description": "编号，场次:居民"})
    activity = fields.Id(required=True)
    session = fields.Id(required=True)
    person = Person(
        required=True, metadata={"description": "居民编号；同行的人为“报名人~称呼”"}
    )
    relation = fields.OneOf(RELATIONS, required=True)
    guardian = Person()
    signup = fields.Id(required=True)
    role = role("作为什么来；志愿者的时长是服务时长", required=True)
    role_text = fields.Text(20, metadata={"description": "作为什么来，给人看的"})
    party_text = fields.Text(40, metadata={"description": "第几组，按报名先后"})
    state = fields.OneOf(STATES, required=True)
    inside_since = fields.Instant(allow_none=True)
    scans = fields.Many(
        fields.Part(Mark), 0, MOST_SCANS, metadata={"description": "来去记录"}
    )
    attended = fields.Truth(required=True)
    minutes = fields.Whole(0, 48 * 60)
    hours = fields.Text(20)
    contest = fields.Id(metadata={"description": "最近一次时长异议的编号"})
    appraisal = fields.OneOf(GRADES, metadata={"description": "主办方对这次服务的评价"})
