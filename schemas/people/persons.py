"""Persons: recorded by a community, with or without an account, and one day erased."""

from schemas import fields
from schemas.events import event
from schemas.paging import Paged
from schemas.people.parts import (
    Consent,
    Name,
    Record,
    by,
    community,
    consent,
    person,
    phone,
)
from schemas.resource import Resource

STATES_IN_WORDS = {"recorded": "在册", "merged": "已并入", "erased": "已删除"}
STATES = tuple(STATES_IN_WORDS)
REASONS_TO_REVEAL = ("联系本人", "核对身份", "办理事项", "紧急情况")
WISHES = ("本人要求", "监护人要求", "登记错了", "不再需要")
SEEN_FOR_S = 300
MOST_MERGED = 20  # Into one person.
MOST_FOUND = 20  # By a name.
MOST_NAMED = 100  # Of a list, at once.


class OfPerson(fields.Schema):
    """A command or question about one person that needs no more words."""

    person = person()


class RecordPerson(Record):
    community = community()
    consent = consent()


class ChangePerson(Record, OfPerson):
    """The record anew: what is left out is not kept."""


class MovePerson(OfPerson):
    community = community()


class RevealPerson(OfPerson):
    reason = fields.OneOf(
        REASONS_TO_REVEAL, required=True, metadata={"description": "为什么要看"}
    )


class ErasePerson(OfPerson):
    wish = fields.OneOf(WISHES, required=True, metadata={"description": "为什么删除"})


class ListPersons(Paged):
    division = fields.Division(
        required=True, metadata={"description": "区、街道或社区代码"}
    )


class FindPersons(fields.Schema):
    """Asked in a body: a name in an address would be kept by everything on the way."""

    division = fields.Division(
        required=True, metadata={"description": "区、街道或社区代码"}
    )
    name = Name(
        40,
        required=True,
        metadata={"description": "姓名，或姓名的开头", "example": "王小"},
    )


class NamePersons(fields.Schema):
    persons = fields.Many(
        fields.Id(),
        1,
        MOST_NAMED,
        required=True,
        metadata={"description": "名单上各人的编号"},
    )


class FindByNumber(fields.Schema):
    """Somebody one knows both of: nobody is found by who only tries."""

    name = Name(
        40, required=True, metadata={"description": "全名", "example": "王小明"}
    )
    phone = phone("登录手机号", personal=True)


class ListLooks(Paged):
    person = person()


class OfMine(fields.Schema):
    """Whose it is, is who asks."""


# Events


class ByWhom(OfPerson):
    by = by()


@event("person_recorded.v1")
class PersonRecorded(ByWhom):
    community = community()
    consent = consent()


@event("person_changed.v1")
class PersonChanged(ByWhom):
    pass


@event("person_moved.v1")
class PersonMoved(ByWhom):
    community = community()


@event("person_revealed.v1")
class PersonRevealed(ByWhom):
    """Somebody looked at what is masked otherwise. Who is looked at can see by whom and why."""

    reason = fields.OneOf(REASONS_TO_REVEAL, required=True)


@event("person_erased.v1")
class PersonErased(ByWhom):
    """Every note about the person is gone, in every service; what was counted stays counted."""

    wish = fields.OneOf(WISHES, required=True)
    merged = fields.Many(
        fields.Id(), 1, MOST_MERGED, metadata={"description": "并入这个人的编号"}
    )


# Resources


class Person(Resource):
    """Masked, unless it is one's own or was just revealed to who asks."""

    name = fields.Text(40, metadata={"description": "姓名，通常只显示姓"})
    born = fields.Text(7, metadata={"description": "出生年份或年月，通常不显示"})
    contacts = fields.Many(
        fields.Text(20), 0, 3, metadata={"description": "联系电话，通常遮住中间几位"}
    )
    login = fields.Text(20, metadata={"description": "登录手机号，通常遮住中间几位"})
    mail = fields.Text(100, metadata={"description": "登录邮箱，通常遮住大部分"})
    community = community()
    consent = fields.Part(Consent, metadata={"description": "登记时的同意"})
    account = fields.Id(metadata={"description": "账号编号，没有账号时不显示"})
    state = fields.OneOf(STATES, required=True, metadata={"description": "状态"})
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )
    plain = fields.Truth(metadata={"description": "内容没有遮住"})
