"""Whether somebody may take part, and what is not so in words: age on the day, community, household, guardian."""

from datetime import date

from schemas.documents import Json, without
from schemas.persons import called
from services.activities.model.times import day_of
from services.kit.errors import Invalid, Refused
from services.kit.views import Find, Reads

ADULT = 18
OLDEST = 130
# The pools of those whom somebody with a role signs up.
SERVED = ("offline", "walk_in")


def admitted(
    docs: Reads, session: Json, party: list[Json], by: str, pool: str
) -> list[Json]:
    """The party as an event may tell of it: without days of birth, each minor with a guardian.

    Who is not online is signed up by somebody who serves the place: `pool` tells whose word it is.

    Raises `Invalid` when something that matters is not said, `Refused` when it is said and does not fit.
    """
    for place, member in enumerate(party):
        path = f"party/{place}"
        must_be_first_of_household(docs, session, member, by, pool, path)
    return [_admitted(session, party, place, by) for place in range(len(party))]


def _admitted(session: Json, party: list[Json], place: int, by: str) -> Json:
    member = party[place]
    terms = session["terms"]
    path = f"party/{place}"
    age = _age(member, session, path)
    _must_be_of_age(member, terms, age, path)
    _must_live_there(member, terms, path)
    content = without(member, "born")
    if _is_minor(member, age):
        content["guardian"] = _guardian(session, party, place, by)
    return content


def _is_minor(member: Json, age: int | None) -> bool:
    """By the day of birth; where that is not said, a child is one."""
    return bool(member["relation"] == "child") if age is None else age < ADULT


def _age(member: Json, session: Json, path: str) -> int | None:
    """Full years on the day of the session, local time. A birthday is a day: no summer time of long ago moves it."""
    if "born" not in member:
        return None
    born = date.fromisoformat(member["born"])
    on = date.fromisoformat(day_of(session))
    is_before_birthday = (on.month, on.day) < (born.month, born.day)
    age = on.year - born.year - is_before_birthday
    if born > on or age > OLDEST:
        says = "请核对出生日期：不能晚于活动当天，也不能太早"
        raise Invalid(says, code="born_unbelievable", path=f"{path}/born")
    return age


def _must_be_of_age(member: Json, terms: Json, age: int | None, path: str) -> None:
    if "least_age" not in terms and "most_age" not in terms:
        return
    if age is None:
        says = "这场活动限年龄，请填写出生日期"
        raise Invalid(says, code="birth_needed", path=f"{path}/born")
    if not terms.get("least_age", 0) <= age <= terms.get("most_age", OLDEST):
        who = called(member["person"])
        says = f"{who} 活动当天 {age} 周岁，本活动限 {_ages(terms)}"
        raise Refused("age_not_admitted", says, path=f"{path}/born")


def _ages(terms: Json) -> str:
    """`60 到 80 周岁`, `18 周岁以上`, `12 周岁以下`; both ends may come."""
    if "most_age" not in terms:
        return f"{terms['least_age']} 周岁以上（含）"
    if "least_age" not in terms:
        return f"{terms['most_age']} 周岁以下（含）"
    return f"{terms['least_age']} 到 {terms['most_age']} 周岁"


def _must_live_there(member: Json, terms: Json, path: str) -> None:
    if "communities" not in terms:
        return
    path = f"{path}/community"
    if "community" not in member:
        says = "这场活动限部分社区的居民，请填写居住社区"
        raise Invalid(says, code="community_needed", path=path)
    if member["community"] not in terms["communities"]:
        says = f"{called(member['person'])} 不住在本活动面向的社区"
        raise Refused("community_not_admitted", says, path=path)


def must_be_first_of_household(
    docs: Reads, session: Json, member: Json, by: str, pool: str, path: str
) -> None:
    """What anybody says of their household neither keeps others out nor tells of them: the host sees it and decides.

    Refused is what the same signer says twice, or who serves the place.
    """
    if not session["terms"].get("one_per_household"):
        return
    path = f"{path}/household"
    if "household" not in member:
        says = "这场活动每户限报一次，请填写户编号"
        raise Invalid(says, code="household_needed", path=path)
    claim = f"{session['seating']}:{member['household']}"
    if _is_claimed(docs, claim, by, pool):
        says = "您家已经报名本场，每户限报一次"
        raise Refused("household_signed_up", says, path=path)


def _is_claimed(docs: Reads, claim: str, by: str, pool: str) -> bool:
    """Whether that household was signed up by the same signer, or twice by who serves the place."""
    signers = [{"by": by}]
    if pool in SERVED:
        signers += [{"pool": served} for served in SERVED]
    wheres = ({"claim": claim} | signer for signer in signers)
    finds = (Find("households", where, "id", limit=1) for where in wheres)
    return any(docs.find(find) for find in finds)


def _guardian(session: Json, party: list[Json], place: int, by: str) -> str:
    """Who answers for a minor: not the minor, nor another who comes along."""
    member = party[place]
    path = f"party/{place}/guardian"
    guardian = str(member.get("guardian", by))
    if guardian == member["person"]:
        says = f"{called(guardian)} 未满 {ADULT} 周岁，要由监护人一起报名"
        raise Refused("guardian_needed", says, path=path)
    if _is_minor_in(party, guardian, session):
        says = f"{called(guardian)} 自己未满 {ADULT} 周岁，不能做监护人"
        raise Refused("guardian_minor", says, path=path)
    return guardian


def _is_minor_in(party: list[Json], person: str, session: Json) -> bool:
    """Whether they come along as a minor. What is not said of who stays at home is taken on trust."""
    for place, member in enumerate(party):
        if member["person"] == person:
            return _is_minor(member, _age(member, session, f"party/{place}"))
    return False
