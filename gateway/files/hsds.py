"""The network as Open Referral HSDS 3 (https://docs.openreferral.org), for other directories of services.

In the form of its tables: a list of each kind, joined by ids. Only what is approved or published, of organisations;
no person, no contact and no phone. HSDS asks for UUIDs: ours are made from our ids, so the same thing keeps its own.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeVar
from uuid import NAMESPACE_URL, uuid5

from gateway.edge.errors import to_json
from gateway.files.formats import in_turns
from gateway.files.lists import EXPORTS
from gateway.files.pages import PAGING, Asker
from gateway.files.recurrence import schedule_of
from schemas.audiences import in_words
from schemas.documents import Json
from services.district.calendar import LOCAL
from services.kit.actor import ANONYMOUS, EVERYWHERE, Actor
from services.kit.errors import Forbidden, Unauthenticated

VERSION = "3.2"
READERS = ("district_analyst", "district_admin")
ACTIVE = ("approved", "reinstated")  # States of a partner that goes about its work.
OF_PERSONS = "居民骨干"  # The kind of partner that is people, not an organisation.
UNIT_TAXONOMY, PARTNER_TAXONOMY = "“零距离”服务类别", "社区合伙人服务类别"

Made = TypeVar("Made")


class Classified(NamedTuple):
    """Something of ours under one category of a taxonomy."""

    entity: str
    id: str
    taxonomy: str
    category: str


def must_be_reader(asker: Asker) -> None:
    """Raises unless the actor reads the district's data."""
    if asker.actor is ANONYMOUS:
        raise Unauthenticated("请先登录再进行这项操作")
    if not asker.actor.has(*READERS):
        raise Forbidden("您的角色不能导出全区数据")


def exchanged(asker: Asker) -> Json:
    """The directory of the places the actor reads; not `complete` when a list was longer than is exported at once."""
    units = _all(asker, "units", state="approved")
    partners = [
        partner for state in ACTIVE for partner in _all(asker, "partners", state=state)
    ]
    offerings = _all(asker, "offerings", state="published")
    complete = None not in (*units, *partners, *offerings)
    return {"version": VERSION, "complete": complete} | directory(
        _there(units), _there(partners), _there(offerings)
    )


def _all(asker: Asker, name: str, **said: str) -> list[Json | None]:
    (one,) = (one for one in EXPORTS if one.name == name)
    schema = one.route.schema(exclude=PAGING)
    questions = (schema.load({**said, **place}) for place in _places(asker.actor))
    return [
        document
        for asked in questions
        for document in asker.documents(one.service, one.question, asked)
    ]


def _places(actor: Actor) -> list[dict[str, str]]:
    """What narrows a list to each division the actor reads; of those that lie in one another the widest."""
    scopes = {held.scope for held in actor.roles if held.role in READERS}
    if EVERYWHERE in scopes:
        return [{}]
    divisions = sorted(scope for scope in scopes if scope.isdigit())
    return [
        {"division": one}
        for one in divisions
        if not any(one[:end] in divisions for end in range(len(one)))
    ]


def directory(units: list[Json], partners: list[Json], offerings: list[Json]) -> Json:
    """The tables of HSDS that these make. An offering is left out when its unit is not among `units`."""
    known = {unit["id"] for unit in units}
    offered = [offering for offering in offerings if offering["unit"] in known]
    bodies = [partner for partner in partners if partner["kind"] != OF_PERSONS]
    classified = [*_categories_of(bodies), *map(_category_of, offered)]
    return {
        "organizations": [*_each(_unit, units), *_each(_partner, bodies)],
        "organization_identifiers": [
            *_each(
                _identifier, [one for one in (*units, *bodies) if "credit_code" in one]
            )
        ],
        "services": [*_each(_service, offered)],
        "locations": _distinct(_each(_location, offered)),
        "service_at_locations": [*_each(_service_at_location, offered)],
        "schedules": [*_each(_schedule, offered)],
        "taxonomies": [_taxonomy(UNIT_TAXONOMY), _taxonomy(PARTNER_TAXONOMY)],
        "taxonomy_terms": _distinct(_each(_term, classified)),
        "attributes": [*_each(_attribute, classified)],
    }


def written(directory: Json) -> bytes:
    """As JSON, which of all at once would take as long as all the rest."""
    return (
        b"{"
        + b",".join(_written(name, part) for name, part in directory.items())
        + b"}"
    )


def _written(name: str, part: Any) -> bytes:
    if not isinstance(part, list):
        return to_json(name) + b":" + to_json(part)
    return to_json(name) + b":[" + b",".join(_each(to_json, part)) + b"]"


def _each(make: Callable[[Any], Made], parts: Iterable[Any]) -> Iterator[Made]:
    """What is made of each; others are served in between."""
    return map(make, in_turns(parts))


def uuid_of(kind: str, *parts: str) -> str:
    """The same for the same thing, whoever asks and whenever."""
    return str(uuid5(NAMESPACE_URL, "/".join(("urn:xianfenghui", kind, *parts))))


def _unit(unit: Json) -> Json:
    description = f"联建单位，{unit['industry']}行业"
    return _organization(unit, description)


def _partner(partner: Json) -> Json:
    description = f"社区合伙人，{partner['kind']}；{'、'.join(partner['categories'])}"
    return _organization(partner, description)


def _organization(body: Json, description: str) -> Json:
    return {
        "id": uuid_of("organization", body["id"]),
        "name": body["name"],
        "description": description,
    }


def _identifier(body: Json) -> Json:
    return {
        "id": uuid_of("credit_code", body["id"]),
        "organization_id": uuid_of("organization", body["id"]),
        "identifier_type": "统一社会信用代码",
        "identifier": body["credit_code"],
    }


def _service(offering: Json) -> Json:
    return {
        "id": uuid_of("service", offering["id"]),
        "organization_id": uuid_of("organization", offering["unit"]),
        "name": offering["title"],
        "description": f"{offering['category']}：{offering['title']}",
        "status": "active",
        "eligibility_description": "、".join(map(in_words, offering["audience"])),
    }


def _location(offering: Json) -> Json:
    return {
        "id": _location_id(offering),
        "location_type": "physical",
        "name": offering["place"],
        "external_identifier": offering["community"],
        "external_identifier_type": "行政区划代码",
    }


def _location_id(offering: Json) -> str:
    return uuid_of("location", offering["community"], offering["place"])


def _service_at_location(offering: Json) -> Json:
    return {
        "id": uuid_of("service_at_location", offering["id"]),
        "service_id": uuid_of("service", offering["id"]),
        "location_id": _location_id(offering),
    }


def _schedule(offering: Json) -> Json:
    return {
        "id": uuid_of("schedule", offering["id"]),
        "service_id": uuid_of("service", offering["id"]),
        "service_at_location_id": uuid_of("service_at_location", offering["id"]),
        **schedule_of(offering.get("repeats") or offering.get("weekly", "")),
        **_times(offering),
        **_exceptions(offering),
        "valid_to": offering["valid_until"],
    }


def _times(offering: Json) -> Json:
    if "starts_at" not in offering:
        return {}
    starts = datetime.fromisoformat(offering["starts_at"]).astimezone(LOCAL)
    ends = starts + timedelta(minutes=offering["minutes"])
    return {
        "dtstart": starts.date().isoformat(),
        "opens_at": f"{starts:%H:%M}",
        "closes_at": f"{ends:%H:%M}",
    }


def _exceptions(offering: Json) -> Json:
    """In words: HSDS has no field for the days a schedule leaves out."""
    days = offering.get("except_on")
    return {"notes": f"以下日期除外：{'、'.join(days)}"} if days else {}


def _categories_of(bodies: list[Json]) -> list[Classified]:
    return [
        Classified("organization", body["id"], PARTNER_TAXONOMY, category)
        for body in bodies
        for category in body["categories"]
    ]


def _category_of(offering: Json) -> Classified:
    return Classified("service", offering["id"], UNIT_TAXONOMY, offering["category"])


def _attribute(each: Classified) -> Json:
    return {
        "id": uuid_of("attribute", *each),
        "link_id": uuid_of(each.entity, each.id),
        "link_entity": each.entity,
        "link_type": "category",
        "taxonomy_term_id": uuid_of("term", each.taxonomy, each.category),
    }


def _term(each: Classified) -> Json:
    return {
        "id": uuid_of("term", each.taxonomy, each.category),
        "name": each.category,
        "description": f"{each.taxonomy}：{each.category}",
        "taxonomy_id": uuid_of("taxonomy", each.taxonomy),
        "language": "zh",
    }


def _taxonomy(name: str) -> Json:
    return {
        "id": uuid_of("taxonomy", name),
        "name": name,
        "description": f"先锋荟{name}",
    }


def _distinct(documents: Iterable[Json]) -> list[Json]:
    return list({document["id"]: document for document in documents}.values())


def _there(documents: list[Json | None]) -> list[Json]:
    return [document for document in documents if document is not None]
