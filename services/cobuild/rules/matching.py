"""Which offerings suit a need, and which needs an offering: the best by points, each with its reasons.

The unit whose turn it is longest and that has least to do comes first among equals, so that none is left out.
"""

from bisect import insort
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from operator import itemgetter

from schemas.documents import Json, pick
from services.cobuild.model.occurrences import period_of
from services.cobuild.model.usage import used_in
from services.cobuild.rules.points import (
    CHEAP,
    MOST_FOR_DEAR,
    PARTS,
    Pair,
    fits,
    points,
    reason,
)
from services.cobuild.rules.rights import is_active
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.lists.paging import every
from services.kit.views import Find, Reads

READ_AT_ONCE = 500
NO_RECORD = {"confirmed": 0, "lapsed": 0, "withdrawn": 0, "open": 0, "last_at": ""}

Rank = tuple[int, str, str, str]


def of_need(views: Reads, need: Json, limit: int, asked: Asked) -> list[Json]:
    """The best of all offerings for a need: published ones of its category in the district, any in its community."""
    best = _best(_with_offerings(views, need, asked), limit)
    return [_match(views, pair) | pick(pair.offering, "title") for pair in best]


def next_for(
    views: Reads, need: Json, passed: Collection[str], asked: Asked
) -> Json | None:
    """The best match that fits in kind and for whom it is, of a unit that is none of `passed`; None without any."""

    def is_wanted(pair: Pair) -> bool:
        return pair.offering["unit"] not in passed and fits(pair)

    pairs = _with_offerings(views, need, asked)
    best = _best(filter(is_wanted, pairs), 1)
    return _match(views, best[0]) if best else None


def of_offering(views: Reads, offering: Json, limit: int, asked: Asked) -> list[Json]:
    """The best of all needs for an offering: unclaimed ones of its category in the district, any in its community."""
    unclaimed = Find("needs", {"state": "verified"}, "raised_at")
    needs = _alike(views, offering, unclaimed)
    together = ((need, offering) for need in needs)
    pairs = _pairs(views, together, asked.now)
    best = _best(pairs, limit)
    return [_match(views, pair) | pick(pair.need, "title") for pair in best]


def _with_offerings(views: Reads, need: Json, asked: Asked) -> Iterator[Pair]:
    """The need with each offering it is worth looking at."""
    today = local_day(asked.now)
    published = Find("offerings", {"state": "published"}, "valid_until", today)

    @cache
    def is_to_be_had(unit: str) -> bool:
        return is_active(views.the("units", unit))

    offerings = _alike(views, need, published)
    together = (
        (need, offering) for offering in offerings if is_to_be_had(offering["unit"])
    )
    return _pairs(views, together, asked.now)


def _alike(views: Reads, doc: Json, find: Find) -> list[Json]:
    """Those of the same category in the district or of any in the community, each once."""
    alike = {}
    for fields in (("district", "category"), ("community",)):
        where = {**find.where, **pick(doc, *fields)}
        nearby = replace(find, where=where, limit=READ_AT_ONCE)
        for other in every(views, nearby):
            alike[other["id"]] = other
    return list(alike.values())


def _best(pairs: Iterable[Pair], limit: int) -> list[Pair]:
    """The first `limit` by score, then whose turn is longest ago, then by id.

    What is dear is reckoned only for those that full marks for it would bring so far.
    """
    hoped = [(points(pair, CHEAP) + MOST_FOR_DEAR, pair) for pair in pairs]
    hoped.sort(key=itemgetter(0), reverse=True)
    best: list[tuple[Rank, Pair]] = []
    for most, pair in hoped:
        is_full = len(best) >= limit
        if is_full and most < _score_of_last(best, limit):
            break
        insort(best, (_rank(pair), pair), key=itemgetter(0))
    return [pair for _, pair in best[:limit]]


def _score_of_last(best: list[tuple[Rank, Pair]], limit: int) -> int:
    """Of the last one that is among the first `limit`."""
    rank, _ = best[limit - 1]
    return _score(rank)


def _rank(pair: Pair) -> Rank:
    score = points(pair, PARTS)
    return -score, pair.record["last_at"], pair.offering["id"], pair.need["id"]


def _score(rank: Rank) -> int:
    return -rank[0]


def _pairs(
    views: Reads, together: Iterable[tuple[Json, Json]], now: datetime
) -> Iterator[Pair]:
    """What is known of a unit is looked up once, however many offerings it has."""

    @cache
    def record_of(unit: str) -> Json:
        return views.get("records", unit) or NO_RECORD

    @cache
    def declined_by(unit: str, category: str) -> int:
        declined = views.get("declines", f"{unit}:{category}")
        return int(declined["times"]) if declined else 0

    for need, offering in together:
        unit = offering["unit"]
        period = period_of(offering, now)
        used = partial(used_in, views, offering["id"], period)
        declined = declined_by(unit, need["category"])
        yield Pair(need, offering, record_of(unit), declined, used, now)


def _match(views: Reads, pair: Pair) -> Json:
    """`{offering, need, unit, unit_name, score, reasons}`"""
    unit = views.the("units", pair.offering["unit"])
    reasons = [reason(part, pair) for part in PARTS]
    return {
        "offering": pair.offering["id"],
        "need": pair.need["id"],
        "unit": unit["id"],
        "unit_name": unit["name"],
        "score": sum(reason["points"] for reason in reasons),
        "reasons": reasons,
    }
