"""Findings, to who goes to the door, who works there, and the team that was sent."""

from schemas.documents import Json, if_any
from services.district import territory
from services.grids.rules.findings import concerns, is_of_team
from services.grids.rules.rights import FINDINGS, TEAMS, must_work_in, works_in
from services.grids.views.doors import at_its_door
from services.grids.views.kept import counted, words_of
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden
from services.kit.lists.paging import each, page
from services.kit.lists.shown import shown
from services.kit.views import Find, Reads


def list_findings(views: Reads, question: Json, asked: Asked) -> Json:
    must_work_in(views, question["division"], asked)
    here = territory.within(question)
    finds = (
        Find("findings", here | state, "recorded_at")
        for state in each(question, "state")
    )
    return shown(views, page(views, question, *finds), asked, _finding)


def list_followups(views: Reads, question: Json, asked: Asked) -> Json:
    team = TEAMS.found(views, question["team"], asked)
    if not is_of_team(team, asked) and not works_in(asked, team["division"]):
        raise Forbidden("只有队员和派队伍的社区可以查看", code="not_yours", path="team")
    where = {"team": team["id"], "state": "followup"}
    found = page(views, question, Find("findings", where, "due_at"))
    return shown(views, found, asked, _finding)


def get_finding(views: Reads, question: Json, asked: Asked) -> Json:
    finding = FINDINGS.found(views, question["finding"], asked, sees=concerns)
    return _finding(views, finding, asked)


count_kept = counted("findings")


def _finding(views: Reads, finding: Json, asked: Asked) -> Json:
    """With its words, and the name of the team."""
    team = views.get("teams", finding["team"]) if "team" in finding else None
    named = if_any(words=words_of(finding, asked), team_name=team and team["name"])
    return at_its_door(views, finding, asked) | named
