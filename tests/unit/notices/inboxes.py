"""An inbox, and how much is read of it."""

from datetime import timedelta
from typing import Any

from schemas.documents import Json
from services.kit.cursors import Begun
from services.kit.entrypoints import Asked
from services.kit.views import Find, Overlay, Search
from services.notices.service import Notices
from services.notices.views import inbox as views
from tests.given import NOW, asked, given_from
from tests.unit.notices.stage import after, begun, fact

PAGE: dict[str, Any] = {"limit": 20, "after": None}
WEEK = timedelta(days=30)


class Counting(Overlay):
    """An overlay that counts as the engines do."""

    def search(self, query: Search) -> list[Json]:
        raise NotImplementedError("nothing is searched here")

    def count(self, query: Find) -> int:
        return len(self.find(query))

    def cursor(self, source: str) -> int:
        raise NotImplementedError

    def begin(self, source: str) -> Begun:
        raise NotImplementedError

    def commit(self, *args: Any) -> bool:
        raise NotImplementedError


def resident(id: str = "P1", **more: Any) -> Asked:
    return asked(("resident", "510108015001"), id=id, now=more.pop("now", NOW + WEEK))


def lived() -> Overlay:
    """What was told of a need, an activity and a partner, minutes apart."""
    docs = begun("cobuild")
    for minutes, (source, type) in enumerate(
        [
            ("cobuild", "resident_asked.v1"),
            ("cobuild", "need_fulfilled.v1"),
            ("cobuild", "need_rejected.v1"),
        ],
        1,
    ):
        after(
            source, fact(source, type), docs=docs, now=NOW + timedelta(minutes=minutes)
        )
    return docs


def kinds(docs: Overlay, who: Asked, **question: Any) -> list[str]:
    return [
        item["kind"]
        for item in views.my_notices(docs, {**PAGE, **question}, who)["items"]
    ]


def reads(docs: Overlay, rule: Any, who: Asked, **said: str) -> None:
    given_from(docs, Notices, "notices", rule(docs, said, who))


def read_by(docs: Overlay, who: Asked) -> list[bool]:
    return [item["read"] for item in views.my_notices(docs, PAGE, who)["items"]]


def unread(docs: Overlay, who: Asked) -> int:
    return int(views.unread(Counting(docs), {}, who)["unread"])
