"""Party branches: who oversees them, who is in office."""

from schemas.branches import branches as schemas
from services.branches.rules import branches, terms
from services.branches.table.roles import READERS
from services.branches.views import branches as views
from services.district.authority import STREET, overseeing
from services.kit.entrypoints import command, due, query

BRANCH = ("branches", "branch")


class PartyBranches:
    establish_branch = command(
        schemas.EstablishBranch,
        branches.establish_branch,
        by=overseeing("community"),
        shows=BRANCH,
    )
    rename_branch = command(
        schemas.RenameBranch, branches.rename_branch, by=STREET, shows=BRANCH
    )
    link_oversight = command(
        schemas.LinkOversight, branches.link_oversight, by=STREET, shows=BRANCH
    )
    end_oversight = command(
        schemas.EndOversight, branches.end_oversight, by=STREET, shows=BRANCH
    )
    appoint_secretary = command(
        schemas.AppointSecretary, terms.appoint_secretary, by=STREET, shows=BRANCH
    )
    elect_committee = command(
        schemas.ElectCommittee, terms.elect_committee, by=STREET, shows=BRANCH
    )
    warn_of_term = due("terms_ahead", {"state": "ahead"}, terms.warn, by="warn_at")
    get_branch = query(schemas.GetBranch, views.get_branch, by=READERS)
    list_branches = query(schemas.ListBranches, views.list_branches, by=READERS)
