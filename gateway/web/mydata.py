"""All that is held of the visitor, in a page that says it in words; and the page on which they have it erased.

What only programs read is in the file beside it, where nothing is left out.
"""

import json
from functools import cache
from typing import Any

import marshmallow as ma

from gateway.api import TABLES
from gateway.api.held import collected
from gateway.web.drawing import label_of
from gateway.web.facts import facts, heading
from gateway.web.known import PEOPLE
from gateway.web.page import Form, Page, Visit
from schemas.documents import Json
from schemas.held import TITLES
from schemas.people.parts import Record
from schemas.people.persons import ErasePerson

Field = ma.fields.Field[Any]
Known = dict[str, list[Field]]

WISH = "本人要求"
OTHERS = "其他记录"


def held(visit: Visit) -> Json:
    data = collected()
    services = [_in_words(visit, service) for service in data["services"]]
    return {"data": data | {"services": services}}


def _in_words(visit: Visit, service: Json) -> Json:
    known = _fields_of(service["service"])
    kinds = [_kind_in_words(visit, known, kind) for kind in service["documents"]]
    words = [one | _written(service, one["text"]) for one in service["words"]]
    return service | {"documents": kinds, "words": words}


def _written(service: Json, text: str) -> Json:
    """`{facts}` of a record kept as words, none of what is kept so for programs; `{}` of what somebody wrote."""
    if service["service"] != PEOPLE or not text.startswith(("{", "[")):
        return {}
    record = json.loads(text)
    known = [(name, one) for name, one in Record().fields.items() if name in record]
    said = [(label_of(field), _joined(record[name])) for name, field in known]
    return {"facts": [{"label": label, "says": says} for label, says in said if says]}


def _joined(value: Any) -> str:
    return "、".join(value) if isinstance(value, list) else str(value)


def _kind_in_words(visit: Visit, known: Known, kind: Json) -> Json:
    """Each document by what it is called and what it says; one that says nothing to readers is counted alone."""
    told = []
    for document in kind["items"]:
        says = list(facts(_schema_of(known, document), document, visit.places.name_of))
        called = heading(document)
        if says or called:
            state = document.get("state_text", "")
            told.append({"heading": called, "state": state, "facts": says})
    return kind | {"title": TITLES.get(kind["collection"], OTHERS), "told": told}


@cache
def _fields_of(service: str) -> Known:
    """What anything that a service shows may say, by the field's name."""
    known: Known = {}
    for table in TABLES:
        for route in table.routes if table.service == service else ():
            if route.method == "GET":
                for name, field in route.shows().fields.items():
                    known.setdefault(name, []).append(field)
    return known


def _schema_of(known: Known, document: Json) -> ma.Schema:
    """Of a document as it is held, which has none of its own: of each value the first field that takes it."""
    chosen = {}
    for name, fields in known.items():
        takes = (
            one for one in fields if name in document and _takes(one, document[name])
        )
        if field := next(takes, None):
            chosen[name] = field
    return ma.Schema.from_dict(chosen)()


def _takes(field: Field, value: Any) -> bool:
    return not ma.Schema.from_dict({"value": field})().validate({"value": value})


def oneself(visit: Visit) -> Json:
    return {"me": visit.actor.id, "wish": WISH}


PAGES = (
    Page("/me/data", "my_data.html", more=held, for_all=False),
    Form(
        "/me/erase",
        "erase_me.html",
        "people",
        "erase_person",
        ErasePerson,
        "/",
        more=oneself,
    ),
)
