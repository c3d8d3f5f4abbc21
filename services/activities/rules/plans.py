"""What a change makes of the sessions it speaks of."""

from typing import NamedTuple

from schemas.documents import Json

Plans = dict[str, Json]  # By the id of the session, what is said of it.


class Change(NamedTuple):
    """The plans of an activity before, and as they would be those of the sessions a change speaks of."""

    before: Plans
    after: Plans

    @property
    def moved(self) -> list[str]:
        """The sessions that begin or end at another time."""
        return [id for id in self.after if self._differs(id, "starts_at", "ends_at")]

    @property
    def regridded(self) -> list[str]:
        """The sessions that are held in another grid."""
        return [id for id in self.after if self._differs(id, "grid")]

    def _differs(self, id: str, *names: str) -> bool:
        before = self.before[id]
        after = self.after[id]
        return any(before.get(name) != after.get(name) for name in names)
