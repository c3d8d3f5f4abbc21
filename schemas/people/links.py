"""Links: who acts for whom, from when until when, and with whose consent."""

from schemas import fields
from schemas.events import event
from schemas.paging import Paged
from schemas.people.parts import Consent, by, consent, person
from schemas.resource import Resource

KINDS_IN_WORDS = {"guardian": "监护人", "proxy": "代办人", "household": "家人"}
KINDS = tuple(KINDS_IN_WORDS)
STATES_IN_WORDS = {"active": "有效", "ended": "已结束", "lapsed": "已到期"}
STATES = tuple(STATES_IN_WORDS)


def kind() -> fields.OneOf:
    return fields.OneOf(
        KINDS,
        KINDS_IN_WORDS,
        required=True,
        metadata={"description": "什么关系：监护人、代办人或家人"},
    )


def holder() -> fields.Id:
    return person("谁代为办理，人员编号")


def until() -> fields.Day:
    return fields.Day(required=True, metadata={"description": "有效的最后一天"})


class OfLink(fields.Schema):
    link = fields.Id(required=True, metadata={"description": "关系编号"})


class BeginLink(fields.Schema):
    person = person("替谁办理，人员编号")
    holder = holder()
    kind = kind()
    until = until()
    consent = consent()


class EndLink(OfLink):
    pass


class ListLinks(Paged):
    person = person("替谁办理，人员编号")


class ListMyLinks(Paged):
    """Whose they are, is who asks."""


# Events


@event("link_begun.v1")
class LinkBegun(BeginLink, OfLink):
    by = by()


@event("link_ended.v1")
class LinkEnded(OfLink):
    by = by()


@event("link_lapsed.v1")
class LinkLapsed(OfLink):
    pass


# Resources


class Link(Resource):
    person = person("替谁办理，人员编号")
    holder = holder()
    holder_name = fields.Text(40, metadata={"description": "代办的人，只显示姓"})
    person_name = fields.Text(40, metadata={"description": "本人，只显示姓"})
    kind = kind()
    kind_text = fields.Text(20, required=True, metadata={"description": "什么关系"})
    since = fields.Day(required=True, metadata={"description": "从哪一天起"})
    until = until()
    consent = fields.Part(Consent, metadata={"description": "同意"})
    state = fields.OneOf(STATES, required=True, metadata={"description": "状态"})
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )
