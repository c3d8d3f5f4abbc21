"""Industry committees, sites, homes of internet marketers."""

from schemas.branches import places as schemas
from services.branches.rules import places
from services.branches.table.roles import READERS
from services.branches.views import places as views
from services.district.authority import STREET, overseeing
from services.kit.entrypoints import command, query

BRANCH = ("branches", "branch")


class Places:
    establish_committee = command(
        schemas.EstablishCommittee,
        places.establish_committee,
        by=overseeing("division"),
        shows=("committees", "committee"),
    )
    record_site = command(
        schemas.RecordSite,
        places.record_site,
        by=overseeing("community"),
        shows=("sites", "site"),
    )
    establish_home = command(
        schemas.EstablishHome, places.establish_home, by=STREET, shows=("homes", "home")
    )
    assign_site = command(
        schemas.AssignSite, places.assign_site, by=STREET, shows=BRANCH
    )
    list_committees = query(schemas.ListCommittees, views.list_committees, by=READERS)
    list_sites = query(schemas.ListSites, views.list_sites, by=READERS)
    get_site = query(schemas.OfSite, views.get_site, by=READERS)
    list_homes = query(schemas.ListHomes, views.list_homes, by=READERS)
