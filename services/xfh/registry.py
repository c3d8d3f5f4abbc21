"""The services of the network. Adding one is adding a line."""

from importlib import import_module

from services.kit.entrypoints import Service

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


def load(name: str) -> type[Service]:
    """The class of a service. Raises `KeyError` for a name not listed."""
    module, _, cls = SERVICES[name].partition(":")
    service: type[Service] = getattr(import_module(module), cls)
    return service
