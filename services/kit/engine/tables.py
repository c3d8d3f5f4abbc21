"""What a service's table says: what it may be asked, the collections it keeps, the logs it reads, and their types."""

from services.kit.config import Settings
from services.kit.engine import acted
from services.kit.engine.aside import KIT_FOLDS, SET_ASIDE
from services.kit.entrypoints import Command, Query, Reaction
from services.kit.errors import Unknown
from services.kit.persons import aliases, machines
from services.kit.persons.standing_in import ForOthers
from services.kit.service import Service, entrypoints
from services.kit.views import Collection, Folds

PERSON_ERASED = "person_erased.v1"


class Marks:
    """The commands and queries, by name, and what their rules are given: made once for the process."""

    def __init__(self, service: type[Service], settings: Settings):
        self._service = service.name
        marks = entrypoints(service)
        self.all = [mark for mark in marks if isinstance(mark, Command | Query)]
        self._by_name = {mark.name: mark for mark in self.all}
        self._given = {mark.name: _given(mark, settings) for mark in self.all}

    def named(self, name: str) -> Command | Query:
        """Raises `Unknown` when the service cannot be asked that."""
        mark = self._by_name.get(name)
        if mark is None:
            raise self._unknown(name)
        return mark

    def command(self, name: str) -> Command:
        """Raises `Unknown` when the service has no such command."""
        mark = self.named(name)
        if not isinstance(mark, Command):
            raise self._unknown(name)
        return mark

    def given(self, mark: Command | Query) -> tuple[object, ...]:
        """What the rule of the mark gets after who asks."""
        return self._given[mark.name]

    def roles(self) -> dict[str, list[str]]:
        """Who may ask what: of each name the roles, none where anybody may."""
        return {mark.name: sorted(mark.by) for mark in self.all}

    def _unknown(self, name: str) -> Unknown:
        return Unknown(f"{self._service} 没有 {name}")


def _given(mark: Command | Query, settings: Settings) -> tuple[object, ...]:
    return (mark.given(settings),) if mark.given else ()


def collections_of(service: type[Service]) -> list[Collection]:
    """What the service declares, and what the kit keeps beside it for every service of its kind."""
    more = [aliases.ALIASES, machines.MACHINES] if service.erases_for else []
    if issubclass(service, ForOthers):
        more += acted.COLLECTIONS
    return [*service.collections, SET_ASIDE, *more]


def folds_of(service: type[Service]) -> dict[str, Folds]:
    """The service's folds with the kit's: of its own log, of who is merged into whom, and of whose keys are."""
    own = {**KIT_FOLDS, **service.folds.get(service.name, {})}
    if issubclass(service, ForOthers):
        own = acted.remembering(own)
    folds = {**service.folds, service.name: own}
    if people := service.erases_for:
        folds[people] = {**aliases.FOLDS, **machines.FOLDS, **folds.get(people, {})}
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
