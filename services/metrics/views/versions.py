"""What a version of a report says to who asks, and how two of them differ.

All that is shown of a version, or of how things are now, is read here: every figure from what was counted, by the
definitions it was counted by, and null where the reader is not told.
"""

from collections.abc import Iterator, Sequence

from schemas.documents import Json
from schemas.metrics.definitions import Definition
from schemas.metrics.figures import COMPARED
from services.kit.entrypoints import Asked
from services.metrics.reckoning.content import OF_A_DAY, ROWS, expanded
from services.metrics.reckoning.listings import LISTINGS
from services.metrics.reckoning.values import DIMENSIONS, identifiers, is_absent
from services.metrics.reckoning.withholding import told
from services.metrics.views.targets import beside, shown

WHOLES = ("whole", "previous", "last_year")
DIMENSION = {
    "categories": "category",
    "need_categories": "need_category",
    "units": "unit",
}
FEWER = {"days": OF_A_DAY, "hosts": LISTINGS["hosts"].figures}


class Version:
    """A version, or what one would say now, as `asked` may read it."""

    def __init__(self, content: Json, asked: Asked):
        self._content = content
        self._tells_all = asked.actor.covers("community_worker", content["scope"])
        self.definitions = tuple(map(_definition, content["definitions"]))

    def whole(self, name: str = "whole") -> Json:
        """The figures of the scope itself, in the month or one of those it is held against."""
        withheld = self._content["withheld"][name]
        row = {"figures": self._content[name], "withheld": withheld}
        return self._read(row, self.definitions)

    def meaning_of(self, figure: str) -> str:
        """What it was counted by; empty where the version does not know it."""
        for definition in self.definitions:
            if definition.identifier == figure:
                return definition.meaning
        return ""

    def absent(self) -> list[str]:
        """The periods it is held against in which nothing was counted at all."""
        return [name for name in COMPARED[1:] if is_absent(self._content[name])]

    def all_rows(self) -> dict[str, list[Json]]:
        """Of every table the version has; those of before have none of hosts and units."""
        return {name: self.rows(name) for name in ROWS if name in self._content}

    def rows(self, name: str) -> list[Json]:
        """Of one table: the figures that its rows have, null where they are withheld."""
        definitions = [one for one in self.definitions if _has_meaning(one, name)]
        return [self._read(row, definitions) for row in self._content[name]]

    def measured(self) -> Iterator[Json]:
        """Each figure beside that of the month before, of a year ago, and its target."""
        columns = dict(zip(COMPARED, map(self.whole, WHOLES), strict=True))
        for name in self.absent():
            columns[name] = _absent(columns[name])
        for definition in self.definitions:
            yield self._measured(definition, columns)

    def _measured(self, definition: Definition, columns: dict[str, Json]) -> Json:
        figure = definition.identifier
        withheld, values = [], {}
        for name, column in columns.items():
            values[name] = column["figures"][figure]
            if figure in column["withheld"]:
                withheld.append(name)
        target = self._target(definition, values["value"])
        about = {
            "figure": figure,
            "name": definition.name,
            "meaning": definition.meaning,
            "unit": definition.unit,
        }
        reached = shown(target, "value" in withheld)
        return about | values | {"withheld": withheld} | reached

    def of_sessions(self) -> frozenset[str]:
        """The figures that are not told of single sessions."""
        withheld = self._content["withheld"]["sessions"]
        return frozenset() if self._tells_all else frozenset(withheld)

    def _target(self, definition: Definition, value: float | None) -> Json:
        targets = self._content["targets"]
        figure = definition.identifier
        return beside(definition, targets[figure], value) if figure in targets else {}

    def _read(self, row: Json, definitions: Sequence[Definition]) -> Json:
        withheld = frozenset() if self._tells_all else row["withheld"]
        return row | told(expanded(row["figures"], definitions), withheld)


def _definition(defined: Json) -> Definition:
    """One that is neither better with more nor with less does not say so."""
    return Definition(**{"better": ""} | defined)


def _absent(column: Json) -> Json:
    return {"figures": dict.fromkeys(column["figures"]), "withheld": []}


def compared(earlier: Version, later: Version) -> list[Json]:
    """Every figure both know, before and after."""
    before = earlier.whole()["figures"]
    after = later.whole()["figures"]
    both = []
    for definition in later.definitions:
        figure = definition.identifier
        if figure in before:
            named = {
                "figure": figure,
                "name": definition.name,
                "unit": definition.unit,
            }
            both.append(named | {"before": before[figure], "after": after[figure]})
    return both


def changed(earlier: Version, later: Version) -> list[Json]:
    """As `compared`, of the figures that differ."""
    both = compared(earlier, later)
    return [figure for figure in both if figure["before"] != figure["after"]]


def _has_meaning(definition: Definition, rows: str) -> bool:
    """True when the rows have the figure."""
    if rows in FEWER:
        return definition.identifier in FEWER[rows]
    if rows not in DIMENSION:
        return True
    return definition.identifier in identifiers(DIMENSIONS[DIMENSION[rows]])
