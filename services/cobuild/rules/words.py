"""The words of a need: deleted at any time, by who wrote them and by whom they were written for."""

from schemas.cobuild.needs import MOST_DELETED
from schemas.documents import Json
from services.cobuild.model.lifecycles import NEED
from services.cobuild.rules.rights import NEEDS, is_of, sees_need, takes_part
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.views import Reads

OF_THE_RESIDENT = {"words", "answer", "complaint", "rating", "appeal"}


def delete_words(docs: Reads, command: Json, asked: Asked) -> Fact:
    """What the actor wrote, and what was written for them; in any state. Whose words are gone stays on the record."""
    need = NEEDS.admitted(docs, command["need"], asked, may=takes_part, sees=sees_need)
    own = [
        words["note"] for words in need["written"] if _may_delete(need, words, asked)
    ]
    if not own:
        raise Refused("no_words", "这项需求里没有由您写下的、还可以删除的话")
    notes = own[:MOST_DELETED]
    content = {"by": asked.actor.id, "notes": notes}
    erases = tuple(notes)
    return NEED.fact("need_words_deleted.v1", need["id"], content, erases=erases)


def _may_delete(need: Json, words: Json, asked: Asked) -> bool:
    if asked.is_me(words["by"]):
        return True
    return is_of(need, asked) and words["kind"] in OF_THE_RESIDENT
