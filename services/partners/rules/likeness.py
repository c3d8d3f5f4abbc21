"""Whether two names may be of one and the same partner. It warns, and refuses nothing.

Compared is what is particular about a name: without the places around, the legal form, spaces and punctuation. Two
names are alike when that is equal, when one holds the other, or when difflib finds three quarters of both in common:
one character of four may differ.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from schemas.documents import Json, pick
from schemas.partners.partners import MOST_SIMILAR
from services.district.place_names import names_around
from services.kit.views import Find, Reads
from services.partners.rules.rights import was_approved

# A community has some dozens of partners; should one have more, the newest are compared.
MOST_COMPARED = 200
LEAST_IN_COMMON = 0.75
HELD = 0.9  # Ranks a name that holds the other behind an equal one.
SHORTEST_HELD = 2
UNPARTICULAR = re.compile(r"[\W_]+|个体工商户|(股份|集团)*有限(责任)?公司|分公司|公司")


NameOf = Callable[[Json], str]


def similar_to(
    docs: Reads, community: str, name: str, but: str, name_of: NameOf
) -> list[Json]:
    """The partners of the community, `but` one, whose names are like `name`: `{partner, name, state}`, likest first.

    `name_of` says "" of one that is not to be told of.
    """
    places = names_around(docs, community)
    wanted = particular(name, places)
    alike: list[tuple[float, Json]] = []
    for other in _newest(docs, community):
        its_name = name_of(other)
        if not its_name or other["id"] == but:
            continue
        alikeness = likeness(wanted, particular(its_name, places))
        if alikeness >= LEAST_IN_COMMON:
            similar = {"partner": other["id"], "name": its_name}
            alike.append((alikeness, similar | pick(other, "state")))
    alike.sort(key=_likest_first)
    return [similar for _, similar in alike[:MOST_SIMILAR]]


def _newest(docs: Reads, community: str) -> list[Json]:
    """Partners of the community, as many as are compared."""
    where = {"community": community}
    newest = Find("partners", where, "id", limit=MOST_COMPARED, newest_first=True)
    return docs.find(newest)


def _likest_first(alike: tuple[float, Json]) -> tuple[float, str]:
    alikeness, similar = alike
    return -alikeness, similar["partner"]


def released_name(partner: Json) -> str:
    """What it is called in public, "" before it was approved."""
    return str(partner["name"]) if was_approved(partner) else ""


def particular(name: str, places: Sequence[str] = ()) -> str:
    """What is particular about a name among those of `places`; the whole of it when nothing is."""
    plain = _plain(name)
    longest_first = sorted(map(_plain, places), key=len, reverse=True)
    unparticular = "|".join([*map(re.escape, longest_first), UNPARTICULAR.pattern])
    return re.sub(unparticular, "", plain) or plain


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def likeness(one: str, other: str) -> float:
    """From 0 to 1, the same both ways round."""
    shorter, longer = sorted(sorted((one, other)), key=len)
    if shorter == longer:
        return 1.0
    if len(shorter) >= SHORTEST_HELD and shorter in longer:
        return HELD
    return SequenceMatcher(None, shorter, longer, autojunk=False).ratio()
