"""The role in use: who holds several works in one at a time, chosen on a page and kept in a cookie.

The cookie only narrows: it names a role the visitor holds anyway, and what it names besides is nothing.
"""

from dataclasses import replace

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as Answer

from gateway.edge.application import application
from gateway.edge.auth import actor_of
from gateway.edge.gates import Gate, Gates
from gateway.edge.home import here
from gateway.pages.docs.roles import NAMES
from gateway.signin.access import RESIDENT, START
from gateway.web import arriving
from gateway.web.frame import FOR_ONE, back_to, framed, problem_page
from gateway.web.places import Places
from gateway.web.whose import areas_of, first_page_of
from schemas.documents import Json
from services.kit.actor import Actor, Role
from services.kit.errors import Problem, Unknown

COOKIE, BETWEEN = "xfh-role", "~"
YEAR_S = 365 * 24 * 3600
PARTIES = {
    "unit": ("cobuild", "get_unit"),
    "partner": ("partners", "get_partner"),
    "branch": ("branches", "get_branch"),
}
BEHIND = Gate(())
GATES: Gates = {
    ("GET", "/role"): BEHIND,
    ("POST", "/role"): BEHIND,
    ("GET", START): BEHIND,
}


def in_use(actor: Actor) -> Actor:
    """The actor in the role chosen, as which they remain a resident; with all roles where none is.

    Whose work something is follows from all they hold: nobody is somebody else by choosing.
    """
    chosen = request.cookies.get(COOKIE, "")
    held = [role for role in actor.roles if _named(role) == chosen]
    if not held:
        return actor
    as_resident = [role for role in actor.roles if role.role == RESIDENT]
    chosen_roles = tuple(dict.fromkeys([*held, *as_resident]))
    return replace(actor, roles=chosen_roles, offices=actor.roles)


def register(web: Blueprint, places: Places) -> None:
    choosing = Choosing(places)
    web.add_url_rule("/role", "role", choosing.show)
    web.add_url_rule("/role", "send role", choosing.choose, methods=["POST"])
    web.add_url_rule(START, "start", start)


def start() -> Answer:
    """Leads whoever has come in to the page of their work."""
    try:
        actor = in_use(actor_of(request.environ, application().verifier))
    except Problem as problem:
        return problem_page(problem)
    return redirect(here() + first_page_of(actor), 303)


class Choosing:
    """The page on which somebody chooses the role they work in."""

    def __init__(self, places: Places):
        self._places = places

    def show(self) -> Answer:
        try:
            actor = actor_of(request.environ, application().verifier)
            content = self._choices(actor)
        except Problem as problem:
            return problem_page(problem)
        return framed("role.html", content, caching=FOR_ONE)

    def choose(self) -> Answer:
        try:
            arriving.must_be_from_here()
        except Problem as problem:
            return problem_page(problem)
        response = redirect(here() + back_to("/desk"), 303)
        _keep(request.form.get("role", ""), response)
        return response

    def _choices(self, actor: Actor) -> Json:
        work = [role for role in actor.roles if role.role != RESIDENT]
        roles = [(_named(role), *self._in_words(role, actor)) for role in work]
        chosen = request.cookies.get(COOKIE, "")
        areas = areas_of(in_use(actor))
        shown = {"roles": roles, "chosen": chosen, "back": back_to("/desk")}
        return shown | {"areas": areas, "is_staff": bool(roles)}

    def _in_words(self, role: Role, actor: Actor) -> tuple[str, str]:
        """What it is, and where."""
        return NAMES.get(role.role, ""), self._place(role, actor)

    def _place(self, role: Role, actor: Actor) -> str:
        """Where the role is held: a place or a party by its name."""
        kind, _, id = role.scope.partition("/")
        if kind not in PARTIES:
            return self._places.name_of(role.scope) or self._places.district()
        service, question = PARTIES[kind]
        services = application().services
        try:
            with services.place(service):
                party = services.ask(service, question, {kind: id}, actor=actor)
        except Unknown:
            return ""  # The role outlives the party: it can be chosen all the same.
        return str(party.get("name", ""))


def _named(role: Role) -> str:
    return f"{role.role}{BETWEEN}{role.scope}"


def _keep(chosen: str, response: Answer) -> None:
    response.set_cookie(
        COOKIE, chosen[:200], max_age=YEAR_S, samesite="Lax", httponly=True
    )
