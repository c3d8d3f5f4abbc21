"""What the teams somebody is in still have to do, by the day it is due."""

from gateway.web.doorstep import PER_PAGE, SERVICE
from gateway.web.page import Button, Page, Visit
from schemas.documents import Json
from schemas.grids.findings import ListFollowups, OfFinding
from schemas.grids.members import ListMyTeams

TEAM = "/me/team"


def followups(visit: Visit) -> Json:
    teams = visit.ask(SERVICE, "list_my_teams", ListMyTeams, limit=PER_PAGE)["items"]
    known = [team | {"followups": _of(visit, team)} for team in teams]
    return {"teams": known, "place_name": visit.places.name_of}


def _of(visit: Visit, team: Json) -> Json:
    said = {"team": team["id"], "limit": PER_PAGE}
    listed: Json = visit.ask(SERVICE, "list_followups", ListFollowups, **said)
    return listed


PAGES: tuple[Page | Button, ...] = (
    Page(TEAM, "team_followups.html", more=followups, for_all=False),
    Button(f"{TEAM}/done", SERVICE, "resolve_followup", OfFinding, TEAM),
)
