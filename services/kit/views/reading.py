"""The Views port as rules and queries see it: documents are read, never written."""

from typing import Protocol

from schemas.documents import Json
from services.kit.views.queries import Find, Search


class Reads(Protocol):
    """What rules and queries see. Documents are shared: never change one, put a new one."""

    @property
    def generation(self) -> int:
        """Which one is read: what was made of another may no longer be so, even at the same positions."""
        ...

    def get(self, collection: str, id: str) -> Json | None:
        """The document, None when there is none."""
        ...

    def the(self, collection: str, id: str) -> Json:
        """A document the log says must exist. Raises `KeyError` when it does not."""
        doc = self.get(collection, id)
        if doc is None:
            raise KeyError(f"{collection}/{id}")
        return doc

    def find(self, query: Find) -> list[Json]:
        """What matches, in order, no more than `query.limit`. Raises `LookupError` where no index answers it."""
        ...

    def count(self, query: Find) -> int:
        """How many documents match, counting no further than `query.limit`."""
        return len(self.find(query))

    def cursor(self, source: str) -> int:
        """The last `seq` of `source` that is folded in, 0 for none."""
        ...


class Searchable(Reads, Protocol):
    """Documents found by their words besides."""

    def search(self, query: Search) -> list[Json]:
        """The documents found, newest first. Raises `LookupError` for a collection that is not searched."""
        ...


class Nothing(Reads):
    """Views before the first event."""

    generation = 0

    def get(self, collection: str, id: str) -> Json | None:
        """None, whatever is asked for."""
        return None

    def find(self, query: Find) -> list[Json]:
        """Nothing, also where no index would answer it."""
        return []

    def cursor(self, source: str) -> int:
        """0, as of a log nothing is folded of."""
        return 0
