"""A page of documents, each as who asks may see it."""

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.lists.shown import shown
from services.kit.views import Nothing, Reads
from tests.given import asked


def mine(views: Reads, doc: Json, asked: Asked) -> Json:
    return {"id": doc["id"], "mine": doc["by"] == asked.actor.id}


def test_each_document_of_a_page_is_shown_and_the_page_goes_on_where_it_did() -> None:
    page = {"items": [{"id": "A", "by": "P1"}, {"id": "B", "by": "P2"}], "next": [1, 2]}
    assert shown(Nothing(), page, asked(id="P1"), mine) == {
        "items": [{"id": "A", "mine": True}, {"id": "B", "mine": False}],
        "next": [1, 2],
    }
