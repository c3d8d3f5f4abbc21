"""Members of grids and of teams, found by their names: whom a name means is asked in a form and answered by a page."""

import re

from gateway.edge import reading
from gateway.web.answered import Answered
from gateway.web.doorstep import SERVICE
from gateway.web.drawing import drawn
from gateway.web.grids import GRIDS, around, community_of
from gateway.web.known import ask_people
from gateway.web.page import Form, Visit
from schemas import fields
from schemas.documents import Json
from schemas.grids.members import MOST_IN_A_TEAM, AppointMember, RecordTeam
from schemas.people.persons import FindPersons

MEMBER, TEAM = f"{GRIDS}/members/new", f"{GRIDS}/teams/new"
TO_THE_MEMBERS = f"{GRIDS}/members?community={{community}}"
LONGEST_LIST = 400
BETWEEN = re.compile(r"[\s、，,；;]+")


class Names(fields.Schema):
    names = fields.Text(LONGEST_LIST)


def of_a_team(visit: Visit) -> Json:
    return around(visit) | {"fields": drawn(RecordTeam(), "name", "kind")}


PAGES: tuple[Form, ...] = (
    Form(
        MEMBER,
        "grids_member_new.html",
        SERVICE,
        "appoint_member",
        AppointMember,
        TO_THE_MEMBERS,
        more=around,
    ),
    Form(
        TEAM,
        "grids_team_new.html",
        SERVICE,
        "record_team",
        RecordTeam,
        f"{GRIDS}/members?community={{division}}",
        more=of_a_team,
    ),
)


def found(visit: Visit, filled: Json) -> Json:
    names = str(filled.get("names", ""))
    return {"names": names, "found": _found(visit, community_of(visit), names)}


def _found(visit: Visit, community: str, names: str) -> list[Json]:
    """`[{name, people}]`: whom each of the names may mean, by how a name begins."""
    said = list(dict.fromkeys(filter(None, BETWEEN.split(names))))[:MOST_IN_A_TEAM]
    return [{"name": name, "people": _called(visit, community, name)} for name in said]


def _called(visit: Visit, community: str, name: str) -> list[Json]:
    question: Json = {"division": community, "name": name}
    loaded = reading.load(FindPersons(), question)
    people: list[Json] = ask_people(visit, "find_persons", loaded)["items"]
    return people


ANSWERED = tuple(Answered(f"{row.path}/find", row, Names, found) for row in PAGES)
