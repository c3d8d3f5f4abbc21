"""Documents that count how many of them were read."""

from services.kit.views import Doc, Find, Reads


class Counting:
    def __init__(self, under: Reads):
        self._under, self.read = under, 0

    @property
    def generation(self) -> int:
        return self._under.generation

    def get(self, collection: str, id: str) -> Doc | None:
        self.read += 1
        return self._under.get(collection, id)

    def find(self, query: Find) -> list[Doc]:
        found = self._under.find(query)
        self.read += len(found)
        return found

    def cursor(self, source: str) -> int:
        return self._under.cursor(source)
