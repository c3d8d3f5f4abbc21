"""Accounts: opened by who keeps the person's record, found by a number that no other account has."""

from collections.abc import Mapping

from schemas.documents import Json, pick, pick_present, without
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.lifecycle import NOTHING_NOTED
from services.kit.log import Fact
from services.kit.lookup import Judge, kind_of
from services.kit.views import Reads
from services.people.model import ages, records
from services.people.model.keys import Keys
from services.people.model.lifecycles import ACCOUNT
from services.people.model.own_words import is_own_word
from services.people.rules.guessing import must_not_guess
from services.people.rules.person import (
    decides_for,
    disposes,
    is_own,
    keeps,
    kept,
    must_be_recorded,
)
from services.people.rules.rank import must_let_in, must_rank_above
from services.people.rules.roles import must_be_no_machine

ACCOUNTS = kind_of(ACCOUNT, "accounts")


def open(docs: Reads, payload: Json, asked: Asked, keys: Keys) -> Fact:
    person = kept(docs, payload["person"], asked)
    must_be_recorded(person)
    must_let_in(docs, person, asked)
    if "account" in person:
        raise Refused("has_account", "这个人已有账号", path="person", is_so=True)
    must_be_old_enough(person["id"], asked)
    notes = login_notes(docs, person["id"], asked.new_id, payload, asked, keys)
    content = {"account": asked.new_id, "person": person["id"], "by": asked.actor.id}
    return _fact("account_opened.v1", content, notes)


def change_login(docs: Reads, payload: Json, asked: Asked, keys: Keys) -> Fact:
    account = _let_in(docs, payload["account"], asked)
    ACCOUNT.must_allow(account, "change_login", "这个账号")
    before = records.read(asked.note, account["person"])
    notes = login_notes(docs, account["person"], account["id"], payload, asked, keys)
    erases = outdated_index(before, notes, keys)
    return _fact("login_changed.v1", _content(account, asked), notes, erases)


def suspend(docs: Reads, payload: Json, asked: Asked) -> Fact:
    account = _of(docs, payload["account"], asked, may=_decided)
    ACCOUNT.must_allow(account, "suspend", "这个账号")
    content = _content(account, asked) | pick(payload, "reason")
    return _fact("account_suspended.v1", content)


def reinstate(docs: Reads, payload: Json, asked: Asked) -> Fact:
    account = _let_in(docs, payload["account"], asked)
    ACCOUNT.must_allow(account, "reinstate", "这个账号")
    must_be_recorded(docs.the("persons", account["person"]))
    return _fact("account_reinstated.v1", _content(account, asked))


def must_be_old_enough(person: str, asked: Asked) -> None:
    born = records.read(asked.note, person).get("born")
    if born and ages.is_under(born, ages.ALONE_FROM, local_day(asked.now)):
        says = f"未满 {ages.ALONE_FROM} 岁没有自己的账号，由监护人代为办理"
        raise Refused("too_young", says, path="person")


def login_notes(
    docs: Reads, person: str, account: str, login: Json, asked: Asked, keys: Keys
) -> dict[str, str]:
    """The record with its `{phone, mail?}`, and the account under that number.

    Raises `Refused` when it is another's, and for who has tried too many such today.

    An address that codes are mailed to lets in like the number: who may not give the one may not give the other.
    """
    must_not_guess(docs, asked)
    phone = login["phone"]
    holder = account_of(docs, phone, asked, keys)
    if holder is not None and holder["id"] != account:
        raise Refused("phone_taken", "这个手机号已用于另一个账号", path="phone")
    before = without(records.read(asked.note, person), "mail")
    record = before | {"login": phone} | pick_present(login, "mail")
    return {
        keys.phone_note(phone): account,
        records.note_of(person): records.written(record),
    }


def account_of(docs: Reads, phone: str, asked: Asked, keys: Keys) -> Json | None:
    """The account that signs in by this number.

    Versions before kept whose a number is in the notes alone.
    """
    index = keys.phone_note(phone)
    number = docs.get("numbers", index)
    id = number["account"] if number else asked.note(index)
    return docs.get("accounts", id) if id else None


def outdated_index(
    before: Json, notes: Mapping[str, str], keys: Keys
) -> tuple[str, ...]:
    """Under which the account was found by the number it had, when that is another now."""
    if "login" not in before:
        return ()
    index = keys.phone_note(before["login"])
    return () if index in notes else (index,)


def must_not_be_own_word(password: str, record: Json) -> None:
    if is_own_word(password, record):
        says = "这个密码太容易猜，请换一个：不要用自己的姓名、出生年份和手机号"
        raise Refused("easy_password", says, path="password")


def password_note(account: str) -> str:
    return f"password.{account}"


def _of(docs: Reads, id: str, asked: Asked, may: Judge) -> Json:
    account = ACCOUNTS.admitted(docs, id, asked, may=may, sees=sees_account)
    person = docs.the("persons", account["person"])
    if not is_own(person, asked):
        must_rank_above(docs, person, asked)
    return account


def _let_in(docs: Reads, id: str, asked: Asked) -> Json:
    account = _of(docs, id, asked, may=_kept)
    must_be_no_machine(docs, asked)
    return account


def _kept(docs: Reads, account: Json, asked: Asked) -> bool:
    return keeps(docs, docs.the("persons", account["person"]), asked)


def _decided(docs: Reads, account: Json, asked: Asked) -> bool:
    return decides_for(docs, docs.the("persons", account["person"]), asked)


def sees_account(docs: Reads, account: Json, asked: Asked) -> bool:
    return disposes(docs, docs.the("persons", account["person"]), asked)


def _content(account: Json, asked: Asked) -> Json:
    ids = {"account": account["id"], "person": account["person"]}
    return ids | {"by": asked.actor.id}


def _fact(
    type: str,
    content: Json,
    notes: Mapping[str, str] = NOTHING_NOTED,
    erases: tuple[str, ...] = (),
) -> Fact:
    stream = f"account/{content['account']}"
    return Fact(type, stream, content, dict(notes), erases, of=content["person"])
