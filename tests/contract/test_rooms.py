"""Who may import whom among the services, by the registry alone: a new service is held to it without being listed."""

import grimp
import pytest

from services.xfh.registry import SERVICES, load

# From the top: a module imports from its own room and from those below. What documents add up to is reckoned
# below the rules, which freeze it in a report, and above the folds, whose documents it reads.
ROOMS = ("service", "views", "rules", "reckoning", "folds", "model")
SHARED = ("services.district", "services.kit")


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("services", "gateway", "schemas")


def imports(graph: grimp.ImportGraph, room: str) -> list[tuple[str, str]]:
    modules = (name for name in graph.modules if (name + ".").startswith(room + "."))
    return [
        (name, imported)
        for name in sorted(modules)
        for imported in sorted(graph.find_modules_directly_imported_by(name))
    ]


def is_in(module: str, *rooms: str) -> bool:
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_knows_the_district_and_the_kit_and_no_other(
    service: str, graph: grimp.ImportGraph
) -> None:
    own = f"services.{service}"
    strange = [
        f"{name} imports {imported}"
        for name, imported in imports(graph, own)
        if is_in(imported, "services") and not is_in(imported, own, *SHARED)
    ]
    assert strange == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_built_from_its_model_up(
    service: str, graph: grimp.ImportGraph
) -> None:
    """A new rule cannot make old events be read anew."""
    own = f"services.{service}"
    upwards = [
        f"{name} imports {imported}"
        for name, imported in imports(graph, own)
        if is_in(imported, own) and height(own, imported) > height(own, name)
    ]
    assert upwards == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_log_is_sealed_in_that_of_another(service: str) -> None:
    """Its own seals would be cut off with it."""
    keeper = load(service).sealed_in
    assert keeper in SERVICES
    assert keeper != service


def height(service: str, module: str) -> int:
    """How far up a module stands. What is in no room is part of the table."""
    for place, room in enumerate(reversed(ROOMS)):
        if is_in(module, f"{service}.{room}"):
            return place
    return len(ROOMS) - 1


def test_the_shared_rooms_know_no_service(graph: grimp.ImportGraph) -> None:
    services = [f"services.{name}" for name in SERVICES]
    strange = [
        f"{name} imports {imported}"
        for room in SHARED
        for name, imported in imports(graph, room)
        if is_in(imported, *services, "services.xfh")
    ]
    assert strange == []


def test_the_gateway_loads_no_service_by_import(graph: grimp.ImportGraph) -> None:
    services = [f"services.{name}" for name in SERVICES]
    loaded = {
        f"{service} by {name}"
        for service in services
        for name in graph.find_downstream_modules(service, as_package=True)
        if is_in(name, "gateway")
    }
    assert loaded == set()
