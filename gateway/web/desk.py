"""The desk: what waits for somebody, what is due first before the rest, with what settles it."""

from collections.abc import Iterator

from gateway.api import waiting
from gateway.edge import reading
from gateway.edge.addresses import API
from gateway.web import commands, door
from gateway.web.commands import DESK, ROUTES, has_a_page, is_one_tap
from gateway.web.importing import IMPORTERS
from gateway.web.lists import LISTS
from gateway.web.page import Button, Form, Page, Visit
from gateway.web.registers import REGISTERS
from gateway.web.things import within_reach
from gateway.web.whose import WORKERS, hosts_of
from schemas.documents import Json

MOST_SHOWN = 50


def what_waits(visit: Visit) -> Json:
    """What is due first, with the pages of what settles it; a service that did not answer is named."""
    schema = waiting.LISTING
    question = reading.load(schema, {"limit": MOST_SHOWN})
    answered = waiting.ask_all("waiting", question, actor=visit.actor)
    items, following = waiting.together(answered.parts, MOST_SHOWN)
    shown = [item | {"acts": list(acts_of(item))} for item in items]
    return {
        "items": shown,
        "is_more": bool(following),
        "missing": answered.missing,
        "hosts": list(hosts_of(visit.actor)),
        "at_hand": door.sessions_at_hand(visit),
        "serves": visit.actor.has("community_worker"),
        "keeps": visit.actor.has(*WORKERS),
        "imports": visit.actor.has(*IMPORTERS),
        "lists": list(within_reach(visit, (*LISTS, *REGISTERS))),
        "reviewed": list(streets_reviewed(visit)),
    }


def streets_reviewed(visit: Visit) -> Iterator[Json]:
    """`{page, name}`: where the visitor decides whether activities are reviewed; the district has a list."""
    for role in visit.actor.roles:
        if role.role == "street_admin":
            page = f"{DESK}/streets/{role.scope}/review"
            yield {"page": page, "name": visit.places.name_of(role.scope)}


def acts_of(item: Json) -> Iterator[Json]:
    """The commands that settle it and have a page."""
    for act in item["settled_by"]:
        route = ROUTES[act["command"]]
        if has_a_page(route):
            page = DESK + act["address"].partition(API)[2]
            yield act | {"page": page, "one_tap": is_one_tap(route)}


PAGES: tuple[Page | Form | Button, ...] = (
    Page(DESK, "desk.html", more=what_waits, for_all=False),
    *door.PAGES,
    *commands.pages(),
)
