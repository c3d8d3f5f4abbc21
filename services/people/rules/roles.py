"""Roles: granted for a term by who may, revoked by who might have granted them, over when the term is."""

from schemas.documents import Json, pick_present
from schemas.people.roles import BY_ROSTER, BY_TERM
from services.district import territory
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Fact
from services.kit.lookup import kind_of
from services.kit.views import Find, Reads
from services.people.model.granting import Office, granters_of
from services.people.model.lifecycles import GRANT
from services.people.model.places import place_of
from services.people.rules.person import PERSONS, must_be_recorded

GRANTS = kind_of(GRANT, "grants")
OPEN = ("planned", "held")
FOLLOWED = {
    BY_TERM: "支部书记随支部的任期，请在支部办理",
    BY_ROSTER: "网格员随名册，请在社区的网格员名册上办理",
}
NO_MACHINE = (
    "任职、账号、登录方式、代办关系和合并不能用接口密钥办理，请用自己的账号登录"
)
NOT_YOURS = "这个角色在这个范围不由您任免"


def grant(docs: Reads, payload: Json, asked: Asked) -> Fact:
    must_be_no_machine(docs, asked)
    office = Office(payload["role"], payload["scope"])
    _must_be_granted_by(docs, office, asked)
    _must_be_possible(docs, office)
    _must_be_another(payload["person"], asked)
    must_be_recorded(PERSONS.found(docs, payload["person"], asked))
    term = _term(payload, asked)
    _must_be_the_only_one(docs, payload["person"], office)
    content = payload | term | {"by": asked.actor.id}
    return GRANT.fact("role_granted.v1", asked.new_id, content)


def revoke(docs: Reads, payload: Json, asked: Asked) -> Fact:
    held = GRANTS.admitted(
        docs,
        payload["grant"],
        asked,
        may=decides,
        sees=sees,
        code="not_yours_to_grant",
        says=NOT_YOURS,
    )
    GRANT.must_allow(held, "revoke", "这项任职")
    _must_be_granted_here(held)
    content = {"reason": payload["reason"], "by": asked.actor.id}
    return GRANT.fact("role_revoked.v1", held["id"], content)


def begin(docs: Reads, planned: Json, asked: Asked) -> Fact:
    return GRANT.fact("role_begun.v1", planned["id"])


def expire(docs: Reads, held: Json, asked: Asked) -> Fact:
    return GRANT.fact("role_expired.v1", held["id"])


def must_be_no_machine(docs: Reads, asked: Asked) -> None:
    """Raises `Forbidden` for who asks by a key: what it gave would outlast it."""
    if docs.get("api_keys", asked.actor.id) is not None:
        raise Forbidden(NO_MACHINE, code="only_by_account")


def decides(docs: Reads, held: Json, asked: Asked) -> bool:
    return may_grant(docs, Office(held["role"], held["scope"]), asked)


def sees(docs: Reads, held: Json, asked: Asked) -> bool:
    """Who holds it, and who might have granted it."""
    return held["person"] == asked.actor.id or decides(docs, held, asked)


def may_grant(docs: Reads, office: Office, asked: Asked) -> bool:
    place = place_of(docs, office.scope)
    granters = granters_of(office.role)
    return bool(place) and asked.actor.covers_any(granters, place)


def _must_be_granted_by(docs: Reads, office: Office, asked: Asked) -> None:
    if not may_grant(docs, office, asked):
        raise Forbidden(NOT_YOURS, code="not_yours_to_grant")


def _must_be_granted_here(held: Json) -> None:
    if held["basis"] in FOLLOWED:
        raise Refused("follows_term", FOLLOWED[held["basis"]], path="grant")


def _must_be_possible(docs: Reads, office: Office) -> None:
    if not office.is_possible:
        raise Refused("scope_does_not_fit", "这个角色不能有这样的范围", path="scope")
    if office.scope.isdigit():
        territory.known(docs, office.scope, "scope")


def _must_be_another(person: str, asked: Asked) -> None:
    if person == asked.actor.id:
        raise Forbidden("不能给自己任职，请由别人办理", code="own_decision")


def _term(payload: Json, asked: Asked) -> Json:
    """`{since, until?}`: from today, when nobody says otherwise."""
    today = local_day(asked.now)
    term = {"since": today} | pick_present(payload, "since", "until")
    if term["since"] < today:
        raise Refused("begins_in_the_past", "任期不能从过去开始", path="since")
    if term.get("until", term["since"]) < term["since"]:
        raise Refused("ends_before_it_begins", "任期在开始前就结束了", path="until")
    return term


def _must_be_the_only_one(docs: Reads, person: str, office: Office) -> None:
    where = {"person": person, "role": office.role, "scope": office.scope}
    for state in OPEN:
        if docs.find(Find("grants", where | {"state": state}, "id", limit=1)):
            says = "这个人已有这项任职，还没有结束"
            raise Refused("already_held", says, path="role", is_so=True)
