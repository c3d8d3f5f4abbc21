"""Records nobody needs any more go by themselves: what is not renewed is erased, as one would have asked for it.

个人信息保护法 art. 19, 47: no longer than is needed. What is renewed is in `services/people/folds/retention.py`.
"""

from schemas.documents import Json
from schemas.people.retention import YEARS_MORE
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.views import Reads
from services.people.model import ages
from services.people.rules.erasing import erased
from services.people.rules.rank import open_grants

WISH = "不再需要"


def run_out(docs: Reads, person: Json, asked: Asked) -> Fact:
    """Erased; or kept for a while, as long as somebody holds a role by it."""
    id = person["id"]
    if open_grants(docs, id):
        until = ages.years_after(local_day(asked.now), YEARS_MORE)
        return Fact("person_kept.v1", f"person/{id}", {"person": id, "until": until})
    return erased(docs, id, WISH, asked)
