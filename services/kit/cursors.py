"""How far a log is folded into documents, and what stands beside that place."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands beside a cursor: the id of the event there, and the name of the types it was folded with.

    Both are `""` where whoever moved the cursor did not say, as versions before did not.
    """

    event: str = ""
    types: str = ""


UNMARKED = Mark()


@dataclass(frozen=True, slots=True)
class Begun:
    """A fold of `source` that has begun: in which generation of the views, and after which `seq`."""

    source: str
    generation: int
    position: int
    mark: Mark = UNMARKED

    def at(self, position: int, mark: Mark = UNMARKED) -> "Begun":
        """The same fold, committed as far as `position`."""
        return replace(self, position=position, mark=mark)
