"""What a visit to a door brought to light, raised as a need of the community: from then on a need like any other."""

from schemas.documents import Json, pick
from schemas.grids.findings import FINDING_KINDS
from services.cobuild.model.lifecycles import OPEN
from services.cobuild.rules.facts import with_words
from services.cobuild.rules.needs import similar
from services.kit.entrypoints import Asked
from services.kit.log import Event, Fact
from services.kit.views import Reads

# Which of the six services each kind of finding asks for, and for whom; what is not named, safety for everybody.
SAFETY = ("零距离安全", "全体居民")
ASKS_FOR = {
    "health": ("零距离医疗", "一老一小"),
    "care": ("零距离助老", "一老一小"),
    "quarrel": ("零距离便民", "全体居民"),
    "surroundings": ("零距离便民", "全体居民"),
    "other": ("零距离便民", "全体居民"),
}


def raise_of(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """None for one that goes another way. What was written of it stays where it is: the need says its kind."""
    finding = event.data
    if finding["route"] != "need":
        return None
    category, audience = ASKS_FOR.get(finding["kind"], SAFETY)
    content: Json = {"category": category, "audience": audience}
    content |= pick(finding, "urgency", "community", "grid", "by")
    content["origin"] = finding["finding"]
    content["similar"] = similar(docs, content, OPEN)
    words = f"走访发现：{FINDING_KINDS[finding['kind']]}"
    return with_words("need_raised.v1", asked.new_id, content, words, asked)
