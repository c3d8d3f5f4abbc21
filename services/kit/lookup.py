"""What a request names: found and admitted in one step, so that who asks is looked at before the thing.

What somebody may not see is answered like what does not exist. What they see and may not act on is refused in one
sentence, whatever its state. Only what comes out of here may be asked for its state.
"""

from collections.abc import Callable
from dataclasses import dataclass

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Unknown
from services.kit.lifecycle import LifeCycle
from services.kit.views import Reads

Judge = Callable[[Reads, Json, Asked], bool]


def everybody(docs: Reads, doc: Json, asked: Asked) -> bool:
    """A judge who lets all see it."""
    return True


@dataclass(frozen=True, slots=True)
class Kind:
    """The documents of a collection, as requests name them: the field `path`, and in words `title`."""

    collection: str
    path: str
    title: str

    def found(
        self,
        docs: Reads,
        id: str,
        asked: Asked,
        *,
        sees: Judge = everybody,
        path: str = "",
    ) -> Json:
        """The document. Raises `Unknown` when there is none, and just so when the actor does not see it."""
        doc = docs.get(self.collection, id)
        if doc is None or not sees(docs, doc, asked):
            raise Unknown(f"没有这个{self.title}", path=path or self.path)
        return doc

    def admitted(
        self,
        docs: Reads,
        id: str,
        asked: Asked,
        *,
        may: Judge,
        sees: Judge = everybody,
        code: str = "not_yours",
        says: str = "",
        path: str = "",
    ) -> Json:
        """The same, when the actor may act on it: else raises `Forbidden`. Whoever may is taken to see it."""
        doc = docs.get(self.collection, id)
        if doc is not None and may(docs, doc, asked):
            return doc
        self.found(docs, id, asked, sees=sees, path=path)
        raise Forbidden(says or f"这项{self.title}不由您办理", code=code, path=path)


def kind_of(life: LifeCycle, collection: str) -> Kind:
    """The documents of a life cycle, named as it names them."""
    return Kind(collection, life.subject, life.title)
