"""Roles, granted here or followed from elsewhere."""

from schemas.people import roles as of_roles
from schemas.token import ROLES
from services.district.authority import STREET
from services.kit.entrypoints import command, due, follows, query
from services.people.rules import offices
from services.people.rules import roles as role_rules
from services.people.table.askers import PLATFORM
from services.people.views import roles as role_views

GRANT = ("grants", "grant")


class Roles:
    grant_role = command(of_roles.GrantRole, role_rules.grant, by=STREET, shows=GRANT)
    revoke_role = command(
        of_roles.RevokeRole, role_rules.revoke, by=STREET, shows=GRANT
    )
    begin_role = due("grants", {"state": "planned"}, role_rules.begin, by="begins")
    expire_role = due("grants", {"state": "held"}, role_rules.expire, by="ends")
    follow_secretary = follows(
        "branches", "secretary_appointed.v1", offices.follow_secretary
    )
    end_merged = follows("branches", "branch_merged.v1", offices.end_secretary)
    end_dissolved = follows("branches", "branch_dissolved.v1", offices.end_secretary)
    follow_member = follows("grids", "member_appointed.v1", offices.follow_member)
    end_member = follows("grids", "member_relieved.v1", offices.end_member)
    end_term = follows("grids", "member_term_ended.v1", offices.end_member)
    get_grant = query(of_roles.OfGrant, role_views.get_grant, by=ROLES)
    list_grants = query(of_roles.ListGrants, role_views.list_grants, by=ROLES)
    list_holders = query(of_roles.ListHolders, role_views.list_holders, by=STREET)
    access = query(of_roles.AskAccess, role_views.access, by=PLATFORM)
    changed_access = query(
        of_roles.AskChangedAccess, role_views.changed_access, by=PLATFORM
    )
