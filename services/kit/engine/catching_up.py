"""A service's own log, and the documents folded from it brought up to it."""

from schemas.fields import instant
from services.kit.clock import Clock
from services.kit.cursors import Begun, Mark
from services.kit.engine.another_log import id_at, is_another
from services.kit.engine.passed import Custody
from services.kit.errors import Unavailable
from services.kit.log import Event
from services.kit.store import Store
from services.kit.views import Folds, fold_all

BATCH = 500


class OwnDocuments:
    """Those of one service, folded from what it recorded itself."""

    def __init__(self, service: str, store: Store, folds: Folds, now: Clock):
        self._service, self._store, self._folds = service, store, folds
        self._custody = Custody(service, service, store, folds, lambda: instant(now()))
        self._of_this_log = 0  # The generation that is known to be.

    def brought_up(self) -> Begun:
        """Folds what the log has and they have not; returns what they reflect now. Raises `Unavailable`."""
        views = self._store.views
        while True:
            begun = views.begin(self._service)
            self._must_be_of_this_log(begun)
            self._custody.look_back(begun, self._first)
            events = self._store.log.read(begun.position, BATCH)
            if not events:
                return begun
            changed = fold_all(views, events, self._folds).changed
            views.commit(begun, events[-1].seq, changed, self.mark(events[-1]))

    def mark(self, event: Event) -> Mark:
        """What stands beside the cursor once it has come to this event."""
        return self._custody.mark(event.id)

    def are_of_another_log(self, begun: Begun) -> bool:
        """Whether they were folded from another log than there is: of the two, one was put back alone."""
        there = id_at(self._store.log, begun.position)
        return is_another(begun, there)

    def _must_be_of_this_log(self, begun: Begun) -> None:
        """What is appended next would leave a gap. Looked at once by a process; a rebuild makes another generation."""
        if begun.generation == self._of_this_log:
            return
        if self.are_of_another_log(begun):
            name = self._service
            raise Unavailable(
                f"{name} 的数据与它的日志不符（日志被放回过？），请执行 xfh rebuild {name}"
            )
        self._of_this_log = begun.generation

    def _first(self, type: str) -> Event | None:
        return next(iter(self._store.log.read(0, 1, [type])), None)
