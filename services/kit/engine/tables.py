"""What a service's table says: the collections it keeps, the logs it reads, and the types that concern it."""

from services.kit.engine import acted
from services.kit.engine.aside import KIT_FOLDS, SET_ASIDE
from services.kit.entrypoints import Reaction, Service, entrypoints
from services.kit.persons import aliases
from services.kit.persons.standing_in import ForOthers
from services.kit.views import Collection, Folds

PERSON_ERASED = "person_erased.v1"


def collections_of(service: type[Service]) -> list[Collection]:
    more = [aliases.ALIASES] if service.erases_for else []
    if issubclass(service, ForOthers):
        more += acted.COLLECTIONS
    return [*service.collections, SET_ASIDE, *more]


def folds_of(service: type[Service]) -> dict[str, Folds]:
    """The service's folds with the kit's: of its own log, and of who is merged into whom."""
    own = {**KIT_FOLDS, **service.folds.get(service.name, {})}
    if issubclass(service, ForOthers):
        own = acted.remembering(own)
    folds = {**service.folds, service.name: own}
    if people := service.erases_for:
        folds[people] = {**aliases.FOLDS, **folds.get(people, {})}
    return folds


def reacts_to(service: type[Service], source: str) -> frozenset[str]:
    """The types of a source that make the service do something."""
    marks = entrypoints(service)
    own = frozenset(
        mark.type
        for mark in marks
        if isinstance(mark, Reaction) and mark.source == source
    )
    return own | {PERSON_ERASED} if source == service.erases_for else own


def types_of(service: type[Service], source: str) -> frozenset[str]:
    """The types of a source that concern the service: those it folds and those it reacts to."""
    return frozenset(folds_of(service).get(source, {})) | reacts_to(service, source)


def sources_of(service: type[Service]) -> list[str]:
    """The services this one follows: those it folds, those it reacts to and the one it erases for."""
    reacts_to = {
        mark.source for mark in entrypoints(service) if isinstance(mark, Reaction)
    }
    return sorted(
        (set(service.folds) | reacts_to | {service.erases_for}) - {service.name, ""}
    )
