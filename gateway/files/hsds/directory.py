"""The tables of HSDS, joined."""

from collections.abc import Iterable

from gateway.files.formats import in_turns
from gateway.files.hsds import rows
from gateway.files.hsds.rows import PARTNER_TAXONOMY, UNIT_TAXONOMY
from schemas.documents import Json

OF_PERSONS = "居民骨干"  # The kind of partner that is people, not an organisation.


def directory(units: list[Json], partners: list[Json], offerings: list[Json]) -> Json:
    """The tables of HSDS that these make. An offering is left out when its unit is not among `units`."""
    known = {unit["id"] for unit in units}
    offered = [offering for offering in offerings if offering["unit"] in known]
    bodies = [partner for partner in partners if partner["kind"] != OF_PERSONS]
    return (
        _of_organizations(units, bodies)
        | _of_services(offered)
        | _of_taxonomies(bodies, offered)
    )


def _of_organizations(units: list[Json], bodies: list[Json]) -> Json:
    organizations = [
        *map(rows.unit, in_turns(units)),
        *map(rows.partner, in_turns(bodies)),
    ]
    coded = [body for body in (*units, *bodies) if "credit_code" in body]
    return {
        "organizations": organizations,
        "organization_identifiers": [*map(rows.identifier, in_turns(coded))],
    }


def _of_services(offered: list[Json]) -> Json:
    joined = [*map(rows.service_at_location, in_turns(offered))]
    return {
        "services": [*map(rows.service, in_turns(offered))],
        "locations": _distinct(map(rows.location, in_turns(offered))),
        "service_at_locations": joined,
        "schedules": [*map(rows.schedule, in_turns(offered))],
    }


def _of_taxonomies(bodies: list[Json], offered: list[Json]) -> Json:
    taxonomies = (UNIT_TAXONOMY, PARTNER_TAXONOMY)
    classified = [*rows.categories_of(bodies), *map(rows.category_of, offered)]
    return {
        "taxonomies": [*map(rows.taxonomy, taxonomies)],
        "taxonomy_terms": _distinct(map(rows.term, in_turns(classified))),
        "attributes": [*map(rows.attribute, in_turns(classified))],
    }


def _distinct(documents: Iterable[Json]) -> list[Json]:
    return list({document["id"]: document for document in documents}.values())
