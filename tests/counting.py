"""Documents that count how many of them were read."""

from schemas.documents import Json
from services.kit.views import Find, Reads


class Counting(Reads):
    def __init__(self, under: Reads):
        self._under, self.read = under, 0

    @property
    def generation(self) -> int:
        return self._under.generation

    def get(self, collection: str, id: str) -> Json | None:
        self.read += 1
        return self._under.get(collection, id)

    def find(self, query: Find) -> list[Json]:
        found = self._under.find(query)
        self.read += len(found)
        return found

    def cursor(self, source: str) -> int:
        return self._under.cursor(source)
