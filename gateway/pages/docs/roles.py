"""By which roles each operation may be asked, as the services say it of themselves."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any, TypeVar

from gateway.api import TABLES
from gateway.api.description.parts import operations
from gateway.edge.admission import UNKNOWN, Admission, Roles
from gateway.files.figures.tables import FIGURES
from gateway.files.figures.tables import SERVICE as OF_FIGURES
from gateway.files.formats import FORMATS
from gateway.files.lists import EXPORTS
from gateway.files.uploads.routes import UPLOADS
from schemas.documents import Json
from schemas.exchange.kinds import KINDS

NAMES = {
    "resident": "居民", "community_worker": "社区工作者", "unit_liaison": "联建单位联络员", "partner_manager": "合伙人",
    "branch_secretary": "支部书记", "street_admin": "街道管理员", "district_admin": "区级管理员",
    "district_analyst": "区级分析员",
    "grid_member": "网格员",
}  # fmt: skip
Written = TypeVar("Written")
Asked = tuple[str, str]
"""A service and what it is asked."""


def _asks() -> Iterator[tuple[str, Asked]]:
    """What each operation asks."""
    for table in TABLES:
        for route in table.routes:
            yield route.name, (table.service, route.name)
    for format in FORMATS:
        for one in EXPORTS:
            yield f"export_{one.name}_{format}", (one.service, one.question)
        for figures in FIGURES:
            yield f"export_{figures.name}_{format}", (OF_FIGURES, figures.question)
    for name, kind in KINDS.items():
        yield f"import_{name}", (kind.service, kind.steps[0].command)
    for upload in UPLOADS:
        yield upload.name, (upload.service, upload.command)


ASKS = dict(_asks())
ASKED = sorted({service for service, _ in ASKS.values()})


class Described:
    """The description, with the roles as soon as the services have said them."""

    def __init__(self, api: Callable[[], Json], admission: Admission):
        self._api, self._admission = api, admission
        self._whole: Json | None = None
        self._written: dict[Callable[[Json], Any], Any] = {}

    def written(self, write: Callable[[Json], Written]) -> Written:
        """The description as `write` has it: written once, when it is whole."""
        if write in self._written:
            known: Written = self._written[write]
            return known
        made = write(self.now())
        if self._whole is not None:
            self._written[write] = made
        return made

    def now(self) -> Json:
        """It is the same object each time once it is whole."""
        if self._whole is not None:
            return self._whole
        roles = {service: self._admission.roles(service) for service in ASKED}
        described = deepcopy(self._api())
        for operation in operations(described):
            _say(operation, _roles_of(operation, roles))
        if all(roles.values()):
            self._whole = described
        return described


def _roles_of(operation: Json, roles: Mapping[str, Roles]) -> Iterable[str]:
    """As its service says; where that says nothing, as described with the operation."""
    service, question = ASKS.get(operation["operationId"], ("", ""))
    known = roles.get(service, UNKNOWN)
    described: Iterable[str] = operation.get("x-roles", ())
    return known.get(question, described)


def _say(operation: Json, roles: Iterable[str]) -> None:
    """In words for readers, and as a list for programs. Roles of the platform itself are nobody's."""
    who = [role for role in NAMES if role in set(roles)]
    if not who:
        return
    sentence = f"谁可以：{'、'.join(NAMES[role] for role in who)}，在各自的范围内。"
    described = operation.get("description")
    operation["x-roles"] = who
    operation["description"] = "\n\n".join(filter(None, (described, sentence)))
