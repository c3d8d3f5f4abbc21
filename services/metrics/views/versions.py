"""What a version of a report says to who asks, and how two of them differ.

All that is shown of a version, or of how things are now, is read here: every figure from what was counted, by the
definitions it was counted by, and null where the reader is not told.
"""

from collections.abc import Iterator

from schemas.documents import Json
from schemas.metrics.definitions import Definition
from schemas.metrics.figures import COMPARED
from services.kit.entrypoints import Asked
from services.metrics.reckoning.content import OF_A_DAY, ROWS, expanded
from services.metrics.reckoning.listings import LISTINGS
from services.metrics.reckoning.values import DIMENSIONS, is_absent
from services.metrics.views.targets import beside

WHOLES = ("whole", "previous", "last_year")
DIMENSION = {
    "categories": "category",
    "need_categories": "need_category",
    "units": "unit",
}
FEWER = {"days": OF_A_DAY, "hosts": LISTINGS["hosts"].figures}


class Version:
    """A version, or what one would say now, as `asked` may read it."""

    def __init__(self, said: Json, asked: Asked):
        self._said = said
        self._tells_all = asked.actor.covers("community_worker", said["scope"])
        # One that is neither better with more nor with less does not say so.
        self.definitions = tuple(
            Definition(**{"better": "", **defined}) for defined in said["definitions"]
        )

    def whole(self, name: str = "whole") -> Json:
        """The figures of the scope itself, in the month or one of those it is held against."""
        row = {"figures": self._said[name], "withheld": self._said["withheld"][name]}
        return self._read(row, self.definitions)

    def meaning_of(self, figure: str) -> str:
        """What it was counted by; empty where the version does not know it."""
        return next(
            (one.meaning for one in self.definitions if one.identifier == figure), ""
        )

    def absent(self) -> list[str]:
        """The periods it is held against in which nothing was counted at all."""
        return [name for name in COMPARED[1:] if is_absent(self._said[name])]

    def all_rows(self) -> dict[str, list[Json]]:
        """Of every table the version has; those of before have none of hosts and units."""
        return {name: self.rows(name) for name in ROWS if name in self._said}

    def rows(self, name: str) -> list[Json]:
        definitions = tuple(one for one in self.definitions if _has_meaning(one, name))
        return [self._read(row, definitions) for row in self._said[name]]

    def measured(self) -> Iterator[Json]:
        """Each figure beside that of the month before, of a year ago, and its target."""
        wholes = dict(zip(COMPARED, map(self.whole, WHOLES), strict=True))
        for name in self.absent():
            wholes[name] = {
                "figures": dict.fromkeys(wholes[name]["figures"]),
                "withheld": [],
            }
        for one in self.definitions:
            figure = one.identifier
            withheld = [
                name for name, whole in wholes.items() if figure in whole["withheld"]
            ]
            told = {name: whole["figures"][figure] for name, whole in wholes.items()}
            about = {
                "figure": figure,
                "name": one.name,
                "meaning": one.meaning,
                "unit": one.unit,
            }
            yield {
                **about,
                **told,
                "withheld": withheld,
                **self._target(one, told["value"], "value" in withheld),
            }

    def of_sessions(self) -> frozenset[str]:
        """The figures that are not told of single sessions."""
        return (
            frozenset()
            if self._tells_all
            else frozenset(self._said["withheld"]["sessions"])
        )

    def _target(
        self, definition: Definition, value: float | None, withheld: bool
    ) -> Json:
        """How far it is, is not told of a figure that is withheld."""
        targets = self._said["targets"]
        if definition.identifier not in targets:
            return {}
        target = beside(definition, targets[definition.identifier], value)
        return {"target": target["target"]} if withheld else target

    def _read(self, row: Json, definitions: tuple[Definition, ...]) -> Json:
        figures = expanded(row["figures"], definitions)
        withheld = [
            name for name in figures if name in row["withheld"] and not self._tells_all
        ]
        return {
            **row,
            "figures": {**figures, **dict.fromkeys(withheld)},
            "withheld": withheld,
        }


def compared(earlier: Version, later: Version) -> list[Json]:
    """Every figure both know, before and after."""
    before, after = earlier.whole()["figures"], later.whole()["figures"]
    return [
        {
            "figure": id,
            "name": one.name,
            "unit": one.unit,
            "before": before[id],
            "after": after[id],
        }
        for one in later.definitions
        if (id := one.identifier) in before
    ]


def changed(earlier: Version, later: Version) -> list[Json]:
    return [one for one in compared(earlier, later) if one["before"] != one["after"]]


def _has_meaning(definition: Definition, rows: str) -> bool:
    """True when the rows have the figure."""
    if rows in FEWER:
        return definition.identifier in FEWER[rows]
    meant = DIMENSIONS[DIMENSION[rows]] if rows in DIMENSION else None
    return meant is None or definition.identifier in {one.identifier for one in meant}
