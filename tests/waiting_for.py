"""What waits for somebody, of the documents of one service; and by page, as it is asked for."""

from schemas.documents import Json
from schemas.waiting import KINDS, AskWaiting, Waiting
from services.district import waiting
from services.district.waiting import Waits
from services.kit.entrypoints import Asked
from services.kit.views import Overlay


def items(
    docs: Overlay, service: type[Waits], asked: Asked, **asks: object
) -> list[Json]:
    """All of it, page after page of one item each: the same as one page of all."""
    question = AskWaiting().load({"limit": 100, **asks})
    whole: list[Json] = waiting.page(docs, service.tasks, question, asked)["items"]
    assert list(_one_by_one(docs, service, question, asked)) == whole
    for item in whole:
        assert item.keys() >= {
            "id",
            "title",
            "since",
            "names",
            "shown_by",
            "settled_by",
        }
        assert item["kind_text"] == KINDS[item["kind"]]
        assert len(item["title"]) <= Waiting().fields["title"].metadata["maxLength"]
    return whole


def _one_by_one(
    docs: Overlay, service: type[Waits], question: Json, asked: Asked
) -> list[Json]:
    found: list[Json] = []
    question = {**question, "limit": 1}
    while True:
        page = waiting.page(docs, service.tasks, question, asked)
        found += page["items"]
        if not page["next"]:
            return found
        question = {**question, "after": page["next"]}


def kinds(docs: Overlay, service: type[Waits], asked: Asked) -> list[str]:
    return [item["kind"] for item in items(docs, service, asked)]
