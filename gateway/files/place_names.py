"""What the codes of places in a file are called: asked for when the first of them is to be written, and once."""

from functools import cached_property

from gateway.edge.asker import Asker
from gateway.files.columns import Cell, Column, Document
from gateway.files.whole_lists import documents

# The register of columns that say a division; others say a site.
DIVISIONS = "divisions"
LEVELS = ("district", "street", "community")


class PlaceNames:
    """The names of divisions and sites by their codes, as far as the asker may see them."""

    def __init__(self, asker: Asker):
        self._asker = asker

    def cell(self, column: Column, document: Document) -> Cell:
        """Where the column says a name instead of a code, that; None for a code nobody has recorded, or may see."""
        value = column.of(document)
        if value is None or not column.register:
            return value
        names = self.divisions if column.register == DIVISIONS else self.sites
        return names.get(str(value))

    @cached_property
    def divisions(self) -> dict[str, str]:
        """{code: name}, asked for once."""
        names: dict[str, str] = {}
        for level in LEVELS:
            names |= self._listed("list_divisions", level=level)
        return names

    @cached_property
    def sites(self) -> dict[str, str]:
        """{id: name}, asked for once."""
        return self._listed("list_sites")

    def _listed(self, question: str, **filters: str) -> dict[str, str]:
        listed = documents(self._asker, "branches", question, filters)
        return {place["id"]: place["name"] for place in listed if place is not None}
