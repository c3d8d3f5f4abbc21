"""Industry committees, and the places of party work: sites, and the homes of internet marketers (互联网营销师之家)."""

from schemas import fields
from schemas.branches.branches import OfBranch
from schemas.events import event
from schemas.paging import Paged
from schemas.places import community, division
from schemas.resource import Resource

MOST_SERVICES = 12


class EstablishCommittee(fields.Schema):
    name = fields.Text(60, required=True, metadata={"description": "行业综合党委名称"})
    industry = fields.Text(
        20, required=True, metadata={"description": "行业，如 网络直播"}
    )
    division = fields.Division(
        required=True, metadata={"description": "所属区、街道或社区代码"}
    )


class RecordSite(fields.Schema):
    name = fields.Text(
        60, required=True, metadata={"description": "阵地名称，如 红色驿站"}
    )
    community = community("阵地")
    address = fields.Text(100, required=True, metadata={"description": "地址"})


class OfSite(fields.Schema):
    site = fields.Id(required=True, metadata={"description": "阵地编号"})


class ListSites(Paged):
    division = division()


class ListCommittees(Paged):
    division = division()


class AssignSite(OfBranch):
    site = fields.Id(required=True, metadata={"description": "阵地编号"})
    since = fields.Day(required=True, metadata={"description": "从哪一天起使用"})


class EstablishHome(OfBranch):
    """Run by a branch."""

    name = fields.Text(60, required=True, metadata={"description": "名称"})
    community = community("互联网营销师之家")
    site = fields.Id(metadata={"description": "所在阵地编号"})
    services = fields.Many(
        fields.Text(20),
        1,
        MOST_SERVICES,
        required=True,
        metadata={"description": "提供哪些服务"},
    )


class ListHomes(Paged):
    division = division()


@event("committee_established.v1")
class CommitteeEstablished(EstablishCommittee):
    committee = fields.Id(required=True)


@event("site_recorded.v1")
class SiteRecorded(RecordSite):
    site = fields.Id(required=True)


@event("site_assigned.v1")
class SiteAssigned(AssignSite):
    pass


@event("home_established.v1")
class HomeEstablished(EstablishHome):
    home = fields.Id(required=True)


class Committee(EstablishCommittee, Resource):
    pass


class Site(RecordSite, Resource):
    pass


class SiteInUse(Site):
    """With the branches that use it on the day."""

    branches = fields.Many(fields.Id(), 0, 100, required=True)


class Home(EstablishHome, Resource):
    street = fields.Division("street", required=True)
    district = fields.Division("district", required=True)
