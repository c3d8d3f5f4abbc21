"""The rows of each table of HSDS, made of what the services show."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from gateway.files.hsds.recurrence import schedule_of
from schemas.audiences import in_words
from schemas.documents import Json
from services.district.calendar import LOCAL

UNIT_TAXONOMY, PARTNER_TAXONOMY = "“零距离”服务类别", "社区合伙人服务类别"


class Classified(NamedTuple):
    """Something of ours under one category of a taxonomy."""

    entity: str
    id: str
    taxonomy: str
    category: str


def uuid_of(kind: str, *parts: str) -> str:
    """The same for the same thing, whoever asks and whenever."""
    return str(uuid5(NAMESPACE_URL, "/".join(("urn:xianfenghui", kind, *parts))))


def unit(unit: Json) -> Json:
    description = f"联建单位，{unit['industry']}行业"
    return _organization(unit, description)


def partner(partner: Json) -> Json:
    description = f"社区合伙人，{partner['kind']}；{'、'.join(partner['categories'])}"
    return _organization(partner, description)


def _organization(body: Json, description: str) -> Json:
    return {
        "id": uuid_of("organization", body["id"]),
        "name": body["name"],
        "description": description,
    }


def identifier(body: Json) -> Json:
    """Only of a body that has a credit code."""
    return {
        "id": uuid_of("credit_code", body["id"]),
        "organization_id": uuid_of("organization", body["id"]),
        "identifier_type": "统一社会信用代码",
        "identifier": body["credit_code"],
    }


def service(offering: Json) -> Json:
    return {
        "id": uuid_of("service", offering["id"]),
        "organization_id": uuid_of("organization", offering["unit"]),
        "name": offering["title"],
        "description": f"{offering['category']}：{offering['title']}",
        "status": "active",
        "eligibility_description": "、".join(map(in_words, offering["audience"])),
    }


def location(offering: Json) -> Json:
    """The same for all offerings at one place of a community."""
    return {
        "id": _location_id(offering),
        "location_type": "physical",
        "name": offering["place"],
        "external_identifier": offering["community"],
        "external_identifier_type": "行政区划代码",
    }


def _location_id(offering: Json) -> str:
    return uuid_of("location", offering["community"], offering["place"])


def service_at_location(offering: Json) -> Json:
    return {
        "id": uuid_of("service_at_location", offering["id"]),
        "service_id": uuid_of("service", offering["id"]),
        "location_id": _location_id(offering),
    }


def schedule(offering: Json) -> Json:
    """Times are the district's own; `notes` names the days left out."""
    joined = {
        "id": uuid_of("schedule", offering["id"]),
        "service_id": uuid_of("service", offering["id"]),
        "service_at_location_id": uuid_of("service_at_location", offering["id"]),
    }
    rule = schedule_of(offering.get("repeats") or offering.get("weekly", ""))
    days = _times(offering) | _exceptions(offering)
    return joined | rule | days | {"valid_to": offering["valid_until"]}


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


def categories_of(bodies: list[Json]) -> list[Classified]:
    return [
        Classified("organization", body["id"], PARTNER_TAXONOMY, category)
        for body in bodies
        for category in body["categories"]
    ]


def category_of(offering: Json) -> Classified:
    return Classified("service", offering["id"], UNIT_TAXONOMY, offering["category"])


def attribute(classified: Classified) -> Json:
    return {
        "id": uuid_of("attribute", *classified),
        "link_id": uuid_of(classified.entity, classified.id),
        "link_entity": classified.entity,
        "link_type": "category",
        "taxonomy_term_id": uuid_of("term", classified.taxonomy, classified.category),
    }


def term(classified: Classified) -> Json:
    return {
        "id": uuid_of("term", classified.taxonomy, classified.category),
        "name": classified.category,
        "description": f"{classified.taxonomy}：{classified.category}",
        "taxonomy_id": uuid_of("taxonomy", classified.taxonomy),
        "language": "zh",
    }


def taxonomy(name: str) -> Json:
    return {
        "id": uuid_of("taxonomy", name),
        "name": name,
        "description": f"先锋荟{name}",
    }
