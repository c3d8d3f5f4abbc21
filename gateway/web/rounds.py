"""Rounds: what is asked at the doors of a place, how much that is already, and how far each has come."""

import re
from typing import Any

import marshmallow as ma

from gateway.web.doorstep import PER_PAGE, SERVICE, whole
from gateway.web.drawing import drawn
from gateway.web.grids import GRIDS, around
from gateway.web.named import places
from gateway.web.page import Ask, Form, Page, Visit
from schemas.documents import Json, without
from schemas.grids.rounds import (
    ITEM_KINDS,
    MOST_ITEMS,
    AnnounceRound,
    AskBurden,
    AskCoverage,
    ListRounds,
    OfRound,
)

ROUNDS = f"{GRIDS}/rounds"
BETWEEN = re.compile(r"[\s、，,；;]+")
COUNTED = ("met", "tried", "not_in", "refused", "empty", "moved")
ASKED = ("title", "division", "since", "until", "per", "once")


class AskedAtDoors(AnnounceRound):
    """As a form sends it: rows without a question are none, choices stand in one line, an item has its number.

    What no form of ours sends stays as it is: the schema refuses it.
    """

    @ma.pre_load
    def as_items(self, said: Json, **kwargs: Any) -> Json:
        rows = said.get("items", [])
        if not isinstance(rows, list) or not all(map(_is_a_row, rows)):
            return said
        asked = [row for row in rows if row.get("title", "").strip()]
        return said | {"items": [_item(row, at) for at, row in enumerate(asked, 1)]}


def _is_a_row(row: Any) -> bool:
    return isinstance(row, dict) and all(isinstance(text, str) for text in row.values())


def _item(row: Json, at: int) -> Json:
    item = without(row, "options") | {"item": f"q{at}"}
    if row.get("kind") == "choice":
        item["options"] = list(filter(None, BETWEEN.split(row.get("options", ""))))
    return item


def rounds(visit: Visit) -> Json:
    """Those that go to doors of the community, and how much its most asked door is asked."""
    known = around(visit)
    division = known["community"]
    said = {"division": division, "limit": PER_PAGE}
    said |= {"state": "announced,open,closed"}
    listed = visit.ask(SERVICE, "list_rounds", ListRounds, **said)
    return known | {"rounds": listed, "burden": _burden(visit, division)}


def _burden(visit: Visit, division: str) -> Any:
    return visit.ask(SERVICE, "ask_burden", AskBurden, division=division)


def new(visit: Visit) -> Json:
    known = around(visit)
    division = str(visit.query.get("division", known["community"]))
    picks = {"division": places(visit)}
    return known | {
        "fields": drawn(AnnounceRound(), *ASKED, picks=picks),
        "besides": drawn(AnnounceRound(), "override"),
        "known": {"division": division},
        "division": division,
        "burden": _burden(visit, division),
        "rows": range(MOST_ITEMS),
        "kinds": ITEM_KINDS,
    }


def coverage(visit: Visit) -> Json:
    """By grid in the order of their codes, and all of the community together."""
    known = around(visit)
    about = {"round": visit.path["round"], "community": known["community"]}
    rows = list(whole(visit, SERVICE, "list_coverage", AskCoverage, **about))
    total = {name: sum(row[name] for row in rows) for name in COUNTED}
    return known | {"rows": rows, "total": total}


PAGES: tuple[Page | Form, ...] = (
    Page(ROUNDS, "grids_rounds.html", more=rounds, for_all=False),
    Form(
        f"{ROUNDS}/new",
        "grids_round_new.html",
        SERVICE,
        "announce_round",
        AskedAtDoors,
        f"{ROUNDS}/{{id}}",
        more=new,
    ),
    Page(
        f"{ROUNDS}/<round>",
        "grids_round.html",
        (Ask("asked", SERVICE, "get_round", OfRound),),
        coverage,
        for_all=False,
    ),
)
