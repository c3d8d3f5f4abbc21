"""Party branches with their parents, sites and terms of office."""

from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.events import event
from schemas.paging import Searched
from schemas.places import community, division
from schemas.resource import Resource

OVERSIGHT_IN_WORDS = {"industry": "行业", "territorial": "属地"}
OVERSIGHT = tuple(OVERSIGHT_IN_WORDS)
MOST_LINKS = 50
MOST_TERMS = 20
MOST_SITES = 20
OFFICES = ("secretary", "committee")
STATES = ("established", "merged", "dissolved")
STATES_IN_WORDS = {
    "established": "正常",
    "merged": "已并入其他支部",
    "dissolved": "已撤销",
}
WARNINGS = ("term_expiring", "term_expired", "vacant")
LONGEST_TERM_YEARS = 5

PARENT = fields.Complaint(
    "bad_parent", "上级应为行业综合党委的编号，或 6、9、12 位区划代码"
)


def parent(**kwargs: Any) -> fields.Code:
    return fields.Code(
        rf"{fields.Id.PATTERN}|[0-9]{{6}}([0-9]{{3}}){{0,2}}", PARENT, **kwargs
    )


def _in_order(data: dict[str, Any]) -> None:
    if data.get("until", data["since"]) < data["since"]:
        raise _at_until("ends_before_start", "结束日期不能早于开始日期")


def _must_be_short_enough(term: dict[str, Any]) -> None:
    since = term["since"]
    last_year = int(since[:4]) + LONGEST_TERM_YEARS
    month_and_day = since[4:]
    if term["until"] > f"{last_year:04}{month_and_day}":
        raise _at_until("term_too_long", f"任期最长 {LONGEST_TERM_YEARS} 年")


def _at_until(code: str, sentence: str) -> ma.ValidationError:
    return ma.ValidationError(fields.Complaint(code, sentence), field_name="until")


class EstablishBranch(fields.Schema):
    name = fields.Text(60, required=True, metadata={"description": "党支部名称"})
    company = fields.Text(60, required=True, metadata={"description": "所在企业"})
    community = community("企业")
    site = fields.Id(metadata={"description": "所用阵地编号"})
    since = fields.Day(metadata={"description": "成立日期，不填为登记当天"})


class OfBranch(fields.Schema):
    branch = fields.Id(required=True, metadata={"description": "党支部编号"})


class RenameBranch(OfBranch):
    name = fields.Text(60, required=True, metadata={"description": "党支部的新名称"})


class Oversight(fields.Schema):
    """Who oversees a branch, from `since` to `until`, both days included; without `until`, for good."""

    kind = fields.OneOf(
        OVERSIGHT,
        OVERSIGHT_IN_WORDS,
        required=True,
        metadata={"description": "隶属方式：industry 行业、territorial 属地"},
    )
    parent = parent(
        required=True, metadata={"description": "行业综合党委编号，或街道、社区代码"}
    )
    since = fields.Day(required=True, metadata={"description": "开始日期"})
    until = fields.Day(metadata={"description": "结束日期（含当日），不填为长期"})

    @ma.validates_schema
    def days_in_order(self, data: dict[str, Any], **kwargs: Any) -> None:
        _in_order(data)


class LinkOversight(Oversight, OfBranch):
    pass


class EndOversight(OfBranch):
    link = fields.Id(required=True, metadata={"description": "管理关系编号"})
    until = fields.Day(required=True, metadata={"description": "最后一日"})


class Term(fields.Schema):
    """A term of office, both days included. Five years is the longest 中国共产党支部工作条例（试行） knows."""

    person = fields.Id(
        required=True,
        metadata={"description": "书记的人员编号", "names_person": True},
    )
    since = fields.Day(required=True, metadata={"description": "任职首日"})
    until = fields.Day(required=True, metadata={"description": "任职末日"})

    @ma.validates_schema
    def days_in_order(self, data: dict[str, Any], **kwargs: Any) -> None:
        _in_order(data)
        _must_be_short_enough(data)


class AppointSecretary(Term, OfBranch):
    pass


class CommitteeTerm(fields.Schema):
    """A term of the branch committee (支委会), both days included."""

    since = fields.Day(required=True, metadata={"description": "任期首日"})
    until = fields.Day(required=True, metadata={"description": "任期末日"})
    members = fields.Whole(1, 15, required=True, metadata={"description": "委员人数"})

    @ma.validates_schema
    def days_in_order(self, data: dict[str, Any], **kwargs: Any) -> None:
        _in_order(data)
        _must_be_short_enough(data)


class ElectCommittee(CommitteeTerm, OfBranch):
    pass


class GetBranch(OfBranch):
    on = fields.Day(metadata={"description": "看哪一天的上级和书记，不填为今天"})


class ListBranches(Searched):
    division = division()


# Events


@event("branch_established.v1")
class BranchEstablished(EstablishBranch, OfBranch):
    pass


@event("branch_renamed.v1")
class BranchRenamed(RenameBranch):
    pass


@event("oversight_linked.v1")
class OversightLinked(LinkOversight):
    link = fields.Id(required=True)


@event("oversight_ended.v1")
class OversightEnded(EndOversight):
    pass


@event("secretary_appointed.v1")
class SecretaryAppointed(AppointSecretary):
    """Counts from its first day: a term still running then ends the day before."""


@event("committee_elected.v1")
class CommitteeElected(ElectCommittee):
    """Counts from its first day: a term still running then ends the day before."""


@event("term_expiring.v1")
class TermExpiring(OfBranch):
    """Some weeks before the last day of a term, once a term."""

    office = fields.OneOf(OFFICES, required=True)
    until = fields.Day(required=True)


# Resources


class Link(Oversight):
    link = fields.Id(required=True, metadata={"description": "隶属关系编号"})


class Parent(Link):
    name = fields.Text(60, required=True, metadata={"description": "上级名称"})


class Warning(fields.Schema):
    code = fields.OneOf(WARNINGS, required=True)
    office = fields.OneOf(OFFICES, required=True)
    text = fields.Text(100, required=True)


class LatestCounts(fields.Schema):
    on = fields.Day(required=True)
    members = fields.Whole(0, 100_000, required=True)
    streamers = fields.Whole(0, 100_000, required=True)
    by = fields.Id(required=True)


class SiteUse(fields.Schema):
    site = fields.Id(required=True)
    since = fields.Day(required=True)


class Branch(EstablishBranch, Resource):
    """`parents`, `secretary` and `warnings` are those of the day `on`, told by get_branch; the rest is all there is."""

    established_on = fields.Day(required=True, metadata={"description": "成立日期"})
    state = fields.OneOf(STATES, required=True)
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )
    ended_on = fields.Day(metadata={"description": "从哪一天起并入或撤销"})
    successor = fields.Id(metadata={"description": "并入了哪个党支部，或由哪个接收"})
    reason = fields.Text(200, metadata={"description": "为什么撤销"})
    committees = fields.Many(fields.Part(CommitteeTerm), 0, MOST_TERMS, required=True)
    sites = fields.Many(fields.Part(SiteUse), 0, MOST_SITES, required=True)
    counts = fields.Part(LatestCounts)
    warnings = fields.Many(fields.Part(Warning), 0, 4)

    street = fields.Division("street", required=True)
    district = fields.Division("district", required=True)
    links = fields.Many(fields.Part(Link), 0, MOST_LINKS, required=True)
    terms = fields.Many(fields.Part(Term), 0, MOST_TERMS, required=True)
    on = fields.Day(metadata={"description": "上级和书记所对应的日期"})
    parents = fields.Many(fields.Part(Parent), 0, MOST_LINKS)
    secretary = fields.Id(
        allow_none=True, metadata={"description": "当日在任书记的人员编号，空缺为 null"}
    )
