"""Members of grids, and teams."""

from schemas.grids import members as schemas
from schemas.token import ROLES
from services.grids.rules import members
from services.grids.table.roles import STAFF, TEAMS, WALKERS
from services.grids.views import members as views
from services.kit.entrypoints import command, due, query

MEMBER = ("members", "member")
TEAM = ("teams", "team")


class Members:
    appoint_member = command(
        schemas.AppointMember, members.appoint, by=STAFF, shows=MEMBER
    )
    relieve_member = command(schemas.OfMember, members.relieve, by=STAFF, shows=MEMBER)
    expire_member = due("members", {"state": "in_office"}, members.expire, by="ends_at")
    get_grid_member = query(schemas.OfMember, views.get_member, by=STAFF)
    list_grid_members = query(schemas.ListMembers, views.list_members, by=STAFF)
    list_my_terms = query(schemas.ListMyTerms, views.list_my_terms, by=WALKERS)
    record_team = command(schemas.RecordTeam, members.record_team, by=STAFF, shows=TEAM)
    dissolve_team = command(schemas.OfTeam, members.dissolve_team, by=STAFF, shows=TEAM)
    get_team = query(schemas.OfTeam, views.get_team, by=TEAMS)
    list_my_teams = query(schemas.ListMyTeams, views.list_my_teams, by=ROLES)
    list_teams = query(schemas.ListTeams, views.list_teams, by=WALKERS)
