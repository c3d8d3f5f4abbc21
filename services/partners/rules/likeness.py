"""Whether two names may be of one and the same partner. It warns, and refuses nothing.

Compared is what is particular about a name: without the place, the legal form, spaces and punctuation. Two names are
alike when that is equal, when one holds the other, or when difflib finds three quarters of both in common: one
character of four may differ.
"""

import re
import unicodedata
from collections.abc import Callable
from difflib import SequenceMatcher

from schemas.documents import Json
from schemas.partners.partners import MOST_SIMILAR
from services.kit.views import Find, Reads
from services.partners.rules.partner import was_approved

# A community has some dozens of partners; should one have more, the newest are compared.
MOST_COMPARED = 200
LEAST_IN_COMMON = 0.75
HELD = 0.9  # Ranks a name that holds the other behind an equal one.
SHORTEST_HELD = 2
UNPARTICULAR = re.compile(
    r"[\W_]+|四川省?|成都市?|成华区|个体工商户|(股份|集团)*有限(责任)?公司|分公司|公司"
)


NameOf = Callable[[Json], str]


def similar_to(
    docs: Reads, community: str, name: str, but: str, name_of: NameOf
) -> list[Json]:
    """The partners of the community, `but` one, whose names are like `name`: `{partner, name, state}`, likest first.

    `name_of` says "" of one that is not to be told of.
    """
    wanted = particular(name)
    found = docs.find(
        Find(
            "partners",
            {"community": community},
            "id",
            limit=MOST_COMPARED,
            newest_first=True,
        )
    )
    named = [
        (other["id"], said, other["state"])
        for other in found
        if other["id"] != but and (said := name_of(other))
    ]
    ranked = sorted(
        (-likeness(wanted, particular(said)), id, said, state)
        for id, said, state in named
    )
    alike = [one for one in ranked if -one[0] >= LEAST_IN_COMMON][:MOST_SIMILAR]
    return [
        {"partner": id, "name": said, "state": state} for _, id, said, state in alike
    ]


def released_name(partner: Json) -> str:
    return str(partner["name"]) if was_approved(partner) else ""


def particular(name: str) -> str:
    """What is particular about a name; the whole of it when nothing is."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return UNPARTICULAR.sub("", plain) or plain


def likeness(one: str, other: str) -> float:
    """From 0 to 1, the same both ways round."""
    shorter, longer = sorted((one, other), key=lambda name: (len(name), name))
    if shorter == longer:
        return 1.0
    if len(shorter) >= SHORTEST_HELD and shorter in longer:
        return HELD
    return SequenceMatcher(None, shorter, longer, autojunk=False).ratio()
