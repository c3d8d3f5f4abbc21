"""What the codes in a file are called: asked for when the first of them is to be written, and once."""

from collections.abc import Callable
from functools import cached_property

from gateway.files.columns import Cell, Column, Document
from gateway.files.pages import Asker

DIVISIONS, SITES = "divisions", "sites"
LEVELS = ("district", "street", "community")


class PlaceNames:
    """`of` is the cell of a column that says a name; None of a code nobody has recorded, or may see."""

    def __init__(self, asker: Asker):
        self._asker = asker
        self._registers: dict[str, Callable[[], dict[str, str]]] = {
            DIVISIONS: lambda: self.divisions,
            SITES: lambda: self._sites,
        }

    def of(self, column: Column, document: Document) -> Cell:
        found = column.of(document)
        return (
            self._registers[column.register]().get(str(found))
            if column.register and found is not None
            else found
        )

    @cached_property
    def divisions(self) -> dict[str, str]:
        return {
            code: name
            for level in LEVELS
            for code, name in self._listed("list_divisions", level=level).items()
        }

    @cached_property
    def _sites(self) -> dict[str, str]:
        return self._listed("list_sites")

    def _listed(self, question: str, **said: str) -> dict[str, str]:
        listed = self._asker.documents("branches", question, said)
        return {one["id"]: one["name"] for one in listed if one is not None}
