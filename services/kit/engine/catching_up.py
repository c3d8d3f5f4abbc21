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
        self._seen: Begun | None = None  # The furthest this process knows of.

    def brought_up(self) -> Begun:
        """Folds what the log has and they have not; returns what they reflect now. Raises `Unavailable`."""
        views = self._store.views
        while True:
            begun = self._begun()
            self._custody.look_back(begun, self._first)
            events = self._store.log.read(begun.position, BATCH)
            if not events:
                return begun
            changed = fold_all(views, events, self._folds).changed
            views.commit(begun, events[-1].seq, changed, self.mark(events[-1]))

    def must_be_whole(self) -> None:
        """Raises `Unavailable` where documents and log are not of one another, or not what has been seen of them."""
        self._begun()

    def came_to(self, begun: Begun) -> None:
        """Remembers how far they are."""
        self._seen = begun

    def mark(self, event: Event) -> Mark:
        """What stands beside the cursor once it has come to this event."""
        return self._custody.mark(event.id)

    def are_of_another_log(self, begun: Begun) -> bool:
        """Whether they were folded from another log than there is: of the two, one was put back alone."""
        there = id_at(self._store.log, begun.position)
        return is_another(begun, there)

    def _begun(self) -> Begun:
        """Where they stand. Of the event they stand at only the id is read: it is folded, and may be beyond reading."""
        seen, begun = self._seen, self._store.views.begin(self._service)
        self._must_not_have_gone_back(seen, begun)
        self._must_be_of_this_log(begun)
        self.came_to(begun)
        return begun

    def _must_not_have_gone_back(self, seen: Begun | None, begun: Begun) -> None:
        """A rebuild makes another generation, and may begin it with the log there is."""
        if seen is None or seen.generation != begun.generation:
            return
        if begun.position < seen.position:
            name = self._service
            raise Unavailable(
                f"{name} 的数据退回到了以前（丢失或放回过），请放回原来的数据；找不回来时执行 xfh rebuild {name}"
            )

    def _must_be_of_this_log(self, begun: Begun) -> None:
        """What is appended next would leave a gap."""
        if self.are_of_another_log(begun):
            name = self._service
            raise Unavailable(
                f"{name} 的数据与它的日志不符（日志被放回过？），请执行 xfh rebuild {name}"
            )

    def _first(self, type: str) -> Event | None:
        return next(iter(self._store.log.read(0, 1, [type])), None)
