"""Makes addresses of the lines of page tables."""

from flask import Blueprint, request
from werkzeug.wrappers import Response as Answer

from gateway.edge import memory
from gateway.edge.application import Application
from gateway.edge.cursors import Cursors
from gateway.edge.errors import TRACE
from gateway.edge.gates import Gates
from gateway.edge.news import News
from gateway.pages.html import DRAW
from gateway.signin.believing import SIGNED_IN, SignedIn
from gateway.signin.codes import CODES
from gateway.signin.cookies import masked
from gateway.signin.foreign import FOREIGN
from gateway.signin.routes import SIGNING
from gateway.web import (
    acting,
    activities,
    api_keys,
    approvals,
    audit,
    commitments,
    comparing,
    correcting,
    desk,
    displaying,
    district,
    doorstep,
    grid_people,
    grids,
    here,
    importing,
    linking,
    lists,
    live,
    mediating,
    meetings,
    mine,
    mydata,
    near,
    numbering,
    offices,
    operating,
    own,
    paper,
    parties,
    password,
    person,
    posting,
    registers,
    residents,
    role_in_use,
    rounds,
    scan,
    searching,
    seat_code,
    second_factor,
    sent_codes,
    sign_ins,
    signin,
    signing_up,
    spans,
    statics,
    targets,
    team,
    unit,
    walking,
)
from gateway.web.answered import answering_of, gates_of_answered
from gateway.web.answering import content_of, query, who_asks
from gateway.web.english.templates import english
from gateway.web.filters import FILTERS
from gateway.web.frame import (
    CSRF,
    ENGLISH,
    FOR_ALL,
    FOR_ONE,
    as_page,
    drawn,
    framed,
    problem_page,
)
from gateway.web.page import Batch, Button, Form, Page, Row, Visit, gates_of
from gateway.web.places import Places
from gateway.web.sending import View, Visited, sender_of
from gateway.web.squeezing import squeezed
from gateway.web.telling import to_islands
from schemas.documents import Json
from services.kit.actor import ANONYMOUS
from services.kit.errors import Problem

PAGES: tuple[Row, ...] = (
    *residents.PAGES,
    *searching.PAGES,
    *activities.PAGES,
    *parties.PAGES,
    *own.PAGES,
    *signing_up.PAGES,
    *second_factor.PAGES,
    *api_keys.PAGES,
    *mydata.PAGES,
    *mine.PAGES,
    *sign_ins.PAGES,
    *seat_code.PAGES,
    *unit.PAGES,
    *offices.PAGES,
    *acting.PAGES,
    *person.PAGES,
    *scan.PAGES,
    *paper.PAGES,
    *here.PAGES,
    *district.PAGES,
    *doorstep.PAGES,
    *walking.PAGES,
    *correcting.PAGES,
    *grids.PAGES,
    *numbering.PAGES,
    *grid_people.PAGES,
    *rounds.PAGES,
    *mediating.PAGES,
    *team.PAGES,
    *comparing.PAGES,
    *spans.PAGES,
    *targets.PAGES,
    *desk.PAGES,
    *lists.PAGES,
    *registers.PAGES,
    *meetings.PAGES,
    *commitments.PAGES,
    *posting.PAGES,
    *approvals.PAGES,
    *audit.PAGES,
    *operating.PAGES,
    *importing.PAGES,
)
ANSWERED = (
    *acting.ANSWERED,
    *person.ANSWERED,
    *grid_people.ANSWERED,
    *here.ANSWERED,
    *paper.ANSWERED,
    *searching.ANSWERED,
)
GATES: Gates = {
    **gates_of(PAGES),
    **signin.GATES,
    **second_factor.GATES,
    **password.GATES,
    **sent_codes.GATES,
    **linking.GATES,
    **displaying.GATES,
    **near.GATES,
    **role_in_use.GATES,
    **statics.GATES,
    **gates_of_answered(ANSWERED),
    **importing.GATES,
    **scan.GATES,
    **walking.GATES,
    **live.GATES,
}


def register(app: Application) -> None:
    signed_in: SignedIn = app.extensions[SIGNED_IN]
    web = Blueprint(
        "web",
        __name__,
        template_folder="templates",
    )
    files = statics.Statics()
    statics.register(web, files)
    scan.register(web)
    walking.register(web)
    live.register(web, app.extensions.setdefault(live.LISTENING, News()))
    app.add_template_global(files.address, "asset")
    for in_words in FILTERS:
        app.add_template_filter(in_words)
    places = Places(app.services)
    displaying.register(web)
    near.register(web, places)
    second_factor.register(web)
    role_in_use.register(web, places)
    signin.register(web, signed_in, app.extensions[SIGNING])
    password.register(web, signed_in, app.extensions[SIGNING])
    sent_codes.register(web, signed_in, app.extensions[SIGNING], app.extensions[CODES])
    linking.register(web, signed_in, app.extensions[FOREIGN])
    cursors = app.cursors
    app.extensions[CSRF] = lambda: masked(signed_in.csrf(request.environ))

    def visited(row: Row, path: Json) -> Visit:
        actor = who_asks(row)
        now, trace = app.now(), request.environ[TRACE]
        return Visit(app.services, places, actor, now, trace, path, query())

    for row in PAGES:
        if not isinstance(row, Button):
            web.add_url_rule(row.path, row.name, _shown(row, visited, cursors))
        if not isinstance(row, Page):
            sent = sender_of(row, visited, cursors)
            web.add_url_rule(row.path, f"send {row.name}", sent, methods=["POST"])
    for one in ANSWERED:
        answer = answering_of(one, visited, cursors)
        web.add_url_rule(one.path, f"send {one.path}", answer, methods=["POST"])
    importing.register(web, visited)
    app.register_blueprint(web)
    app.extensions[ENGLISH] = english(app.jinja_env)
    app.extensions[DRAW] = drawn
    app.after_request(squeezed)  # Called after the next: Flask begins with the last.
    app.after_request(as_page)
    app.after_request(to_islands)


def _shown(row: Page | Form | Batch, visited: Visited, cursors: Cursors) -> View:
    def show(**path: str) -> Answer:
        try:
            visit = visited(row, path)
            content = content_of(row, visit, cursors)
        except Problem as problem:
            return problem_page(problem)
        page = framed(row.template, content, caching=_caching(row, visit))
        page.headers |= row.headers(content)
        return page

    return show


def _caching(row: Page | Form | Batch, visit: Visit) -> str:
    is_open = isinstance(row, Page) and row.for_whoever
    if is_open and visit.actor is ANONYMOUS:
        return FOR_ALL
    if not isinstance(row, Page) or not row.for_all:
        return FOR_ONE
    if row.remembered:
        memory.may_keep(request.environ, row.remembered)
    return FOR_ALL
