"""Members of grids and of teams, found by their names: whom a name means is asked in a form and answered by a page."""

import re
from collections.abc import Callable

from flask import Blueprint
from flask import request as sent
from werkzeug.wrappers import Response as Answer

from gateway.edge import reading
from gateway.edge.gates import Gate, Gates
from gateway.web import arriving
from gateway.web.answering import fresh
from gateway.web.doorstep import SERVICE
from gateway.web.drawing import drawn
from gateway.web.frame import FOR_ONE, framed, problem_page
from gateway.web.grids import GRIDS, around
from gateway.web.known import ask_people
from gateway.web.page import Form, Page, Row, Visit
from schemas.documents import Json
from schemas.grids.members import MOST_IN_A_TEAM, AppointMember, RecordTeam
from schemas.people.persons import FindPersons
from services.kit.errors import Problem

MEMBER, TEAM = f"{GRIDS}/members/new", f"{GRIDS}/teams/new"
TO_THE_MEMBERS = f"{GRIDS}/members?community={{community}}"
BETWEEN = re.compile(r"[\s、，,；;]+")
GATES: Gates = {("POST", f"{path}/find"): Gate(()) for path in (MEMBER, TEAM)}


def of_a_team(visit: Visit) -> Json:
    return around(visit) | {"fields": drawn(RecordTeam(), "name", "kind")}


PAGES: tuple[Page | Form, ...] = (
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
Visited = Callable[[Row, Json], Visit]


def register(web: Blueprint, visited: Visited) -> None:
    for row, more in zip(PAGES, (around, of_a_team), strict=True):
        path = f"{row.path}/find"
        find = _finding(row, more, visited)
        web.add_url_rule(path, f"send {path}", find, methods=["POST"])


def _finding(
    row: Page | Form, more: Callable[[Visit], Json], visited: Visited
) -> Callable[[], Answer]:
    def find() -> Answer:
        try:
            visit = visited(row, {})
            arriving.filled_in(FindPersons())
            arriving.must_be_senders()
            names = sent.form.get("names", "")
            known = fresh(visit) | more(visit)
            known |= {"names": names, "found": _found(visit, known["community"], names)}
        except Problem as problem:
            return problem_page(problem)
        return framed(row.template, known, caching=FOR_ONE)

    return find


def _found(visit: Visit, community: str, names: str) -> list[Json]:
    """`[{name, people}]`: whom each of the names may mean, by how a name begins."""
    said = list(dict.fromkeys(filter(None, BETWEEN.split(names))))[:MOST_IN_A_TEAM]
    return [{"name": name, "people": _called(visit, community, name)} for name in said]


def _called(visit: Visit, community: str, name: str) -> list[Json]:
    question: Json = {"division": community, "name": name}
    loaded = reading.load(FindPersons(), question)
    people: list[Json] = ask_people(visit, "find_persons", loaded)["items"]
    return people
