"""The 益·社 alliance: which partner belongs to it from which day to which."""

from schemas.documents import Json
from services.district.calendar import day_in_words, local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused
from services.kit.log import Fact
from services.kit.views import Reads
from services.partners.model.alliance import last_stay
from services.partners.model.lifecycles import PARTNER
from services.partners.rules.rights import own, own_at


def join(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Since a day that has come, after the last stay: raises otherwise."""
    partner = own_at(docs, command, asked, "join_alliance")
    since = command["since"]
    _must_have_come(since, "since", asked)
    _must_be_after_last_stay(partner, since)
    return PARTNER.fact("alliance_joined.v1", partner["id"], {"since": since})


def _must_be_after_last_stay(partner: Json, since: str) -> None:
    last = last_stay(partner)
    if last is None:
        return
    if "until" not in last:
        says = f"“{partner['name']}”从 {day_in_words(last['since'])} 起就是联盟成员"
        raise Refused("already_member", says, is_so=since == last["since"])
    if since <= last["until"]:
        says = f"“{partner['name']}”到 {day_in_words(last['until'])} 为止已是联盟成员"
        raise Refused("memberships_overlap", says, path="since")


def leave(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Raises `Refused` for who is no member, `Invalid` for a day before joining or after today."""
    partner = own(docs, command, asked)
    last = last_stay(partner)
    if last is None or "until" in last:
        raise Refused("not_a_member", f"“{partner['name']}”现在不是联盟成员")
    _must_have_come(command["until"], "until", asked)
    if command["until"] < last["since"]:
        says = f"最后一天不能早于加入日期 {day_in_words(last['since'])}"
        raise Invalid(says, code="before_joining", path="until")
    return PARTNER.fact("alliance_left.v1", partner["id"], command)


def _must_have_come(day: str, path: str, asked: Asked) -> None:
    if day > local_day(asked.now):
        says = f"{day_in_words(day)} 还没有到"
        raise Invalid(says, code="in_the_future", path=path)
