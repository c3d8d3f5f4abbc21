"""What a question is about, who may ask it, and how far the answer reflects the logs."""

from schemas.documents import Json
from services.district import territory
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Unknown
from services.kit.views import Reads
from services.metrics.folds import FOLDS

READERS = ("district_admin", "district_analyst", "street_admin", "community_worker")


def must_cover(asked: Asked, scope: str) -> None:
    """Raises `Forbidden` unless the asker reads figures of the scope."""
    if not asked.actor.covers_any(READERS, scope):
        raise Forbidden(
            "您的角色看不到这个范围的数据", code="out_of_scope", path="scope"
        )


def division(views: Reads, code: str) -> Json:
    """Raises `Unknown` when nobody has recorded it."""
    place = views.get(territory.DIVISIONS.name, code)
    if place is None:
        raise Unknown(f"没有区划代码为 {code} 的区划", path="scope")
    return place


def must_be_campaign(views: Reads, name: str) -> None:
    """Raises `Unknown` when nobody has declared it."""
    if views.get("campaigns", name) is None:
        raise Unknown(f"没有主题活动“{name}”", path="campaign")


def as_of(views: Reads) -> Json:
    """`{source: seq}`. To be read before what is shown: that may be newer than this says, never older."""
    return {source: views.cursor(source) for source in sorted(FOLDS)}
