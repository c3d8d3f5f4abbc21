"""Merging two records that are one person's: never by one who keeps them alone, and never by what either brings in.

Whoever proposes it keeps both records and might have granted every role of both. Then a second administrator of both
places says yes; or the survivor, signed in otherwise than by a code from the desk, as long as nobody signs in by the
record that goes, who was not asked. Nobody does whom the proposer once let in: that may be the proposer.
"""

from datetime import timedelta

from schemas.documents import Json, pick
from schemas.fields import instant
from schemas.people.persons import MOST_MERGED
from services.district.authority import oversees
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Fact
from services.kit.lookup import kind_of
from services.kit.persons.aliases import merged_into
from services.kit.views import Find, Reads
from services.people.folds.letting_in import was_let_in
from services.people.model.lifecycles import MERGE
from services.people.rules.person import keeps, kept, must_be_recorded
from services.people.rules.rank import is_still_above, must_rank_above, open_grants
from services.people.rules.roles import must_be_no_machine

MERGES = kind_of(MERGE, "merges")
OF_BOTH = ("person", "into")
NOT_YOURS = (
    "请另一位管理两地的管理员确认；并入的一份没有在用的账号时，也可由保留的一份的本人确认，不用窗口验证码登录。"
    "提出的人给谁开过账号、改过号码、发过邀请或验证码，谁就不能确认"
)
LASTS = timedelta(days=7)
MOST_SIGNED_IN = 100


def propose(docs: Reads, payload: Json, asked: Asked) -> Fact:
    gone, survivor = (kept(docs, payload[name], asked, path=name) for name in OF_BOTH)
    _must_be_two(gone, survivor)
    must_be_no_machine(docs, asked)
    for person in (gone, survivor):
        must_be_recorded(person)
        must_rank_above(docs, person, asked)
    _must_be_anothers(gone, survivor, asked)
    _must_bring_nothing_in(docs, gone, survivor)
    _must_be_few(docs, gone, survivor)
    _must_be_new(docs, gone, survivor)
    until = instant(asked.now + LASTS)
    content = payload | {"by": asked.actor.id, "until": until}
    return MERGE.fact("merge_proposed.v1", asked.new_id, content)


def confirm(docs: Reads, payload: Json, asked: Asked) -> Fact:
    merge = MERGES.admitted(
        docs,
        payload["merge"],
        asked,
        may=confirms,
        sees=sees,
        code="not_yours_to_confirm",
        says=NOT_YOURS,
    )
    must_be_no_machine(docs, asked)
    MERGE.must_allow(merge, "confirm", "这次合并")
    gone, survivor = both(docs, merge)
    for person in (gone, survivor):
        must_be_recorded(person)
    _must_still_be_meant(docs, merge, asked)
    _must_bring_nothing_in(docs, gone, survivor)
    _must_be_few(docs, gone, survivor)
    return _fact("persons_merged.v1", merge, pick(merge, "basis"), asked)


def withdraw(docs: Reads, payload: Json, asked: Asked) -> Fact:
    merge = MERGES.admitted(docs, payload["merge"], asked, may=withdraws, sees=sees)
    MERGE.must_allow(merge, "withdraw", "这次合并")
    return MERGE.fact("merge_withdrawn.v1", merge["id"], {"by": asked.actor.id})


def lapse(docs: Reads, merge: Json, asked: Asked) -> Fact:
    return MERGE.fact("merge_lapsed.v1", merge["id"])


def undo(docs: Reads, payload: Json, asked: Asked) -> Fact:
    merge = MERGES.admitted(docs, payload["merge"], asked, may=keeps_both, sees=sees)
    must_be_no_machine(docs, asked)
    MERGE.must_allow(merge, "undo", "这次合并")
    _, survivor = both(docs, merge)
    if survivor["state"] == "merged":
        says = "保留的一份后来又并入了别的资料，请先撤销那一次"
        raise Refused("merged_further", says, path="merge")
    must_be_recorded(survivor)
    must_rank_above(docs, survivor, asked)
    return _fact("merge_undone.v1", merge, pick(payload, "reason"), asked)


def both(docs: Reads, merge: Json) -> tuple[Json, Json]:
    """The record that goes, and the one that stays."""
    return docs.the("persons", merge["person"]), docs.the("persons", merge["into"])


def sees(docs: Reads, merge: Json, asked: Asked) -> bool:
    """Whoever it is about, and who keeps one of the two: whoever proposed it may do so no more."""
    if asked.actor.id in (merge["person"], merge["into"]):
        return True
    return any(keeps(docs, person, asked) for person in both(docs, merge))


def keeps_both(docs: Reads, merge: Json, asked: Asked) -> bool:
    return all(keeps(docs, person, asked) for person in both(docs, merge))


def withdraws(docs: Reads, merge: Json, asked: Asked) -> bool:
    """Who proposed it and sees it still, who keeps both, and either whom it is about, who says no by that."""
    if asked.actor.id == merge["by"]:
        return sees(docs, merge, asked)
    concerned = (merge["person"], merge["into"])
    return asked.actor.id in concerned or keeps_both(docs, merge, asked)


def confirms(docs: Reads, merge: Json, asked: Asked) -> bool:
    who = asked.actor.id
    if was_let_in(docs, who, by=merge["by"]):
        return False
    gone, survivor = both(docs, merge)
    if who == survivor["id"]:
        return not (_signs_in(docs, gone) or _came_by_desk(docs, who))
    if who == gone["id"] or asked.is_me(merge["by"]):
        return False
    return all(
        oversees(asked.actor, person["community"]) for person in (gone, survivor)
    )


def _signs_in(docs: Reads, person: Json) -> bool:
    account = docs.get("accounts", person.get("account", ""))
    return account is not None and account["state"] == "open"


def _came_by_desk(docs: Reads, person: str) -> bool:
    """Whether somebody is signed in as the person by digits that a worker has seen, or nobody is."""
    where = {"person": person, "state": "live"}
    live = docs.find(Find("sessions", where, "id", limit=MOST_SIGNED_IN))
    return not live or any(session["way"] == "desk" for session in live)


def _must_still_be_meant(docs: Reads, merge: Json, asked: Asked) -> None:
    """Nobody is merged by the word of who keeps the two no more."""
    if not all(is_still_above(docs, merge[id], merge["by"], asked) for id in OF_BOTH):
        says = "提出合并的人已不管这两份资料，请现在管的人重新提出"
        raise Refused("not_meant_any_more", says, path="merge")


def _must_be_two(gone: Json, survivor: Json) -> None:
    if gone["id"] == survivor["id"]:
        raise Refused("same_person", "这两个编号已经是同一份资料", path="into")


def _must_be_anothers(gone: Json, survivor: Json, asked: Asked) -> None:
    if asked.actor.id in (gone["id"], survivor["id"]):
        says = "自己的资料请由别人提出合并"
        raise Forbidden(says, code="own_decision", path="person")


def _must_bring_nothing_in(docs: Reads, gone: Json, survivor: Json) -> None:
    """Neither a way in nor a role moves, so nothing is lost unseen and nobody gets at anything."""
    if "account" in gone and "account" not in survivor:
        says = "账号不随合并转移，请把没有账号的一份并入有账号的一份"
        raise Refused("account_would_go", says, path="person")
    if open_grants(docs, gone["id"]):
        says = "任职不随合并转移，请先撤销并入的一份的任职"
        raise Refused("roles_would_go", says, path="person")


def _must_be_few(docs: Reads, gone: Json, survivor: Json) -> None:
    ids = [id for one in (gone, survivor) for id in merged_into(docs, one["id"])]
    if len(ids) >= MOST_MERGED:
        says = f"一个人最多合并 {MOST_MERGED} 份资料"
        raise Refused("merged_too_often", says, path="into")


def _must_be_new(docs: Reads, gone: Json, survivor: Json) -> None:
    """One of the two can be proposed for one merge at a time."""
    for person in (gone, survivor):
        for field in OF_BOTH:
            where = {field: person["id"], "state": "proposed"}
            if docs.find(Find("merges", where, "id", limit=1)):
                says = "其中一份资料已经提出合并，还没有确认"
                raise Refused("already_proposed", says, path="person")


def _fact(type: str, merge: Json, content: Json, asked: Asked) -> Fact:
    about = pick(merge, *OF_BOTH) | {"by": asked.actor.id}
    return MERGE.fact(type, merge["id"], about | content)
