"""Consents: to one purpose each, written down with how and when, and withdrawn as easily."""

from schemas import fields
from schemas.events import event
from schemas.paging import Paged
from schemas.people.parts import Consent, by, person
from schemas.resource import Resource

PURPOSES_IN_WORDS = {
    "record": "登记和联系",
    "activities": "参加活动",
    "photos": "拍照和宣传",
    "notices": "接收通知",
    "visits": "走访和帮扶",
}
PURPOSES = tuple(PURPOSES_IN_WORDS)
STATES_IN_WORDS = {"given": "同意", "withdrawn": "已撤回"}
STATES = tuple(STATES_IN_WORDS)


def purpose() -> fields.OneOf:
    return fields.OneOf(
        PURPOSES,
        PURPOSES_IN_WORDS,
        required=True,
        metadata={"description": "同意用来做什么；每个用途分别同意"},
    )


def words() -> fields.Text:
    return fields.Text(
        200, metadata={"description": "备注，例如当时谁在场；随本人的资料一起删除"}
    )


def guardian() -> fields.Id:
    return fields.Id(
        metadata={"description": "代为同意的监护人；未满 14 周岁的必须由监护人同意"}
    )


class OfConsent(fields.Schema):
    consent = fields.Id(required=True, metadata={"description": "同意的编号"})


class GiveConsent(Consent):
    person = person("谁的资料，人员编号")
    purpose = purpose()
    guardian = guardian()
    words = words()


class WithdrawConsent(OfConsent, Consent):
    """How and when somebody said that they agree no more."""

    words = words()


class ListConsents(Paged):
    person = person()


# Events


class ByWhom(OfConsent):
    by = by()
    note = fields.Id()


@event("consent_given.v1")
class ConsentGiven(ByWhom, Consent):
    person = person()
    purpose = purpose()
    guardian = guardian()


@event("consent_withdrawn.v1")
class ConsentWithdrawn(ByWhom, Consent):
    pass


# Resources


class ConsentShown(Resource, Consent):
    person = person()
    purpose = purpose()
    purpose_text = fields.Text(
        20, required=True, metadata={"description": "用来做什么，给人看的"}
    )
    guardian = guardian()
    by = by()
    words = words()
    withdrawn = fields.Part(Consent, metadata={"description": "怎样、何时撤回的"})
    withdrawn_by = fields.Id(metadata={"description": "谁记下撤回的"})
    state = fields.OneOf(STATES, required=True, metadata={"description": "状态"})
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )
