"""Where a role may be held: a division by its code, an organisation by the community it is of."""

from services.kit.views import Collection, Reads

OWNERS = Collection("units"), Collection("partners"), Collection("branches")
OF_KIND = {"unit": "units", "partner": "partners", "branch": "branches"}


def place_of(docs: Reads, scope: str) -> str:
    """The division a scope lies in; "" for an organisation nobody knows."""
    kind, _, id = scope.partition("/")
    if not id:
        return scope
    owner = docs.get(OF_KIND[kind], id)
    return str(owner["community"]) if owner else ""
