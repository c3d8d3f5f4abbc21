"""The services of the network. Adding one is adding a line."""

from importlib import import_module

from services.kit.service import Service

SERVICES = {
    "partners": "services.partners.service:Partners",
    "cobuild": "services.cobuild.service:Cobuild",
    "branches": "services.branches.service:Branches",
    "activities": "services.activities.service:Activities",
    "metrics": "services.metrics.service:Metrics",
    "notices": "services.notices.service:Notices",
    "grids": "services.grids.service:Grids",
    "people": "services.people.service:People",
}

# Those whose requests pass a broker sealed, as they say themselves: known without loading them.
SEALED = frozenset({"people"})

# The files of keys each part reads, and no other does: `deploy/keys.py` hands them out.
MASTER, SEAL, BUS = "master.key", "seal.pem", "bus.key"
SECRETS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(SERVICES, (MASTER,)),
    "gateway": ("token.pub.pem", "cursor.key", BUS),
    "deliver": (BUS,),
    "activities": (MASTER, "door.key"),
    "metrics": (MASTER, "report.key"),
    "branches": (MASTER, SEAL),
    "people": (MASTER, "phone.key", "way.key", "token.pem", SEAL, BUS),
}


def load(name: str) -> type[Service]:
    """The class of a service. Raises `KeyError` for a name not listed."""
    module, _, cls = SERVICES[name].partition(":")
    service: type[Service] = getattr(import_module(module), cls)
    return service
