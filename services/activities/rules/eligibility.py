"""Whether somebody may take part, and what is not so in words: age on the day, community, household, guardian."""

from datetime import date, datetime

from schemas.documents import Json
from schemas.persons import called
from services.district.calendar import LOCAL
from services.kit.errors import Invalid, Refused
from services.kit.views import Find, Reads

ADULT = 18
OLDEST = 130
SERVED = (
    "offline",
    "walk_in",
)  # The pools of those whom somebody with a role signs up.


def admitted(
    docs: Reads, session: Json, party: list[Json], by: str, pool: str
) -> list[Json]:
    """The party as an event may tell of it: without days of birth, each minor with a guardian.

    Who is not online is signed up by somebody who serves the place: `pool` tells whose word it is.

    Raises `Invalid` when something that matters is not said, `Refused` when it is said and does not fit.
    """
    for place, member in enumerate(party):
        must_be_first_of_household(docs, session, member, by, pool, f"party/{place}")
    return [_admitted(session, party, place, by) for place in range(len(party))]


def _admitted(session: Json, party: list[Json], place: int, by: str) -> Json:
    member, terms, path = party[place], session["terms"], f"party/{place}"
    age = _age(member, session, path)
    _must_be_of_age(member, terms, age, path)
    _must_live_there(member, terms, path)
    told = {name: value for name, value in member.items() if name != "born"}
    if not _is_minor(member, age):
        return told
    return {**told, "guardian": _guardian(session, party, place, by)}


def _is_minor(member: Json, age: int | None) -> bool:
    """By the day of birth; where that is not said, a child is one."""
    return bool(member["relation"] == "child") if age is None else age < ADULT


def _age(member: Json, session: Json, path: str) -> int | None:
    """Full years on the day of the session, local time. A birthday is a day: no summer time of long ago moves it."""
    if "born" not in member:
        return None
    born, on = (
        date.fromisoformat(member["born"]),
        datetime.fromisoformat(session["starts_at"]).astimezone(LOCAL).date(),
    )
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if born > on or age > OLDEST:
        raise Invalid(
            "请核对出生日期：不能晚于活动当天，也不能太早",
            code="born_unbelievable",
            path=f"{path}/born",
        )
    return age


def _must_be_of_age(member: Json, terms: Json, age: int | None, path: str) -> None:
    if "least_age" not in terms and "most_age" not in terms:
        return
    if age is None:
        raise Invalid(
            "这场活动限年龄，请填写出生日期", code="birth_needed", path=f"{path}/born"
        )
    if not terms.get("least_age", 0) <= age <= terms.get("most_age", OLDEST):
        says = (
            f"{called(member['person'])} 活动当天 {age} 周岁，本活动限 {_ages(terms)}"
        )
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
    if "community" not in member:
        raise Invalid(
            "这场活动限部分社区的居民，请填写居住社区",
            code="community_needed",
            path=f"{path}/community",
        )
    if member["community"] not in terms["communities"]:
        raise Refused(
            "community_not_admitted",
            f"{called(member['person'])} 不住在本活动面向的社区",
            path=f"{path}/community",
        )


def must_be_first_of_household(
    docs: Reads, session: Json, member: Json, by: str, pool: str, path: str
) -> None:
    """What anybody says of their household neither keeps others out nor tells of them: the host sees it and decides.

    Refused is what the same signer says twice, or who serves the place.
    """
    if not session["terms"].get("one_per_household"):
        return
    if "household" not in member:
        raise Invalid(
            "这场活动每户限报一次，请填写户编号",
            code="household_needed",
            path=f"{path}/household",
        )
    claim = {"claim": f"{session['seating']}:{member['household']}"}
    same = [
        {**claim, "by": by},
        *({**claim, "pool": served} for served in SERVED if pool in SERVED),
    ]
    if any(docs.find(Find("households", where, "id", limit=1)) for where in same):
        raise Refused(
            "household_signed_up",
            "您家已经报名本场，每户限报一次",
            path=f"{path}/household",
        )


def _guardian(session: Json, party: list[Json], place: int, by: str) -> str:
    """Who answers for a minor: not the minor, nor another who comes along."""
    member, path = party[place], f"party/{place}/guardian"
    guardian = str(member.get("guardian", by))
    if guardian == member["person"]:
        raise Refused(
            "guardian_needed",
            f"{called(member['person'])} 未满 {ADULT} 周岁，要由监护人一起报名",
            path=path,
        )
    for other, one in enumerate(party):
        if one["person"] == guardian and _is_minor(
            one, _age(one, session, f"party/{other}")
        ):
            raise Refused(
                "guardian_minor",
                f"{called(guardian)} 自己未满 {ADULT} 周岁，不能做监护人",
                path=path,
            )
    return guardian
