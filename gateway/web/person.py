"""Somebody's record at the desk: found by name, what it says, who acts for them, what they hold, what may be done."""

from collections.abc import Iterator

from gateway.edge.application import application
from gateway.edge.looks import place_of
from gateway.pages.docs.roles import NAMES
from gateway.web import arriving
from gateway.web.acting import found
from gateway.web.answered import Answered
from gateway.web.drawing import drawn
from gateway.web.known import PEOPLE
from gateway.web.named import communities
from gateway.web.offered import may_ask, offered
from gateway.web.page import Ask, Form, Page, Visit
from gateway.web.whom import person_for
from gateway.web.words import date_in_words
from schemas.documents import Json
from schemas.people.accounts import OfAccount
from schemas.people.consents import ListConsents
from schemas.people.desk_codes import OfDeskCode
from schemas.people.invitations import OfInvitation
from schemas.people.links import ListLinks
from schemas.people.merges import FindDuplicates, ListMerges, OfTwo, ProposeMerge
from schemas.people.persons import FindPersons, OfPerson, RecordPerson
from schemas.people.roles import ListGrants
from services.district.authority import STREET

FIND = "/desk/people"
ONE = f"{FIND}/<person>"
# What an account refuses as it is: it is not offered.
NO_ACCOUNT = ""
BY_THE_ACCOUNT = ("give_desk_code", "take_off_second_factor")
REFUSED = {
    NO_ACCOUNT: BY_THE_ACCOUNT,
    "open": ("open_account", "reinstate_account"),
    "suspended": (
        "open_account",
        "suspend_account",
        "change_login",
        "give_desk_code",
        "invite",
    ),
    "closed": ("suspend_account", "change_login", "reinstate_account", *BY_THE_ACCOUNT),
}
OF_A_RECORD = ("name", "born", "contacts", "community", "consent/how", "consent/on")


def what_may_be_done(visit: Visit) -> Json:
    question = {"person": visit.path["person"]}
    person: Json = visit.ask(PEOPLE, "get_person", OfPerson, **question)
    account = None
    if "account" in person:
        about = {"account": person["account"]}
        account = visit.ask(PEOPLE, "get_account", OfAccount, **about)
    shown: Json = {"acts": list(_acts(visit, person, account)), "account": account}
    shown |= {"record": person, "place_name": visit.places.name_of}
    shown["papers"] = may_ask(visit, "issue_certificate")
    return shown | {"role_names": NAMES, "grants_here": visit.actor.has(*STREET)}


def _acts(visit: Visit, person: Json, account: Json | None) -> Iterator[Json]:
    id = person["id"]
    refused = REFUSED.get(account["state"] if account else NO_ACCOUNT, ())
    yield from offered(visit, "/people/<person>/", but=refused, person=id)
    if account is not None:
        ids = {"account": account["id"]}
        yield from offered(visit, "/accounts/<account>/", but=refused, **ids)


def a_new_record(visit: Visit) -> Json:
    picks = {"community": communities(visit)}
    fields = drawn(RecordPerson(), *OF_A_RECORD, picks=picks)
    return {"summary": "登记一个人", "fields": fields}


def two_of_one(visit: Visit) -> Json:
    """The record that stays is the one whose page it is."""
    question = {"person": visit.path["into"]}
    into: Json = visit.ask(PEOPLE, "get_person", OfPerson, **question)
    picks = {"person": person_for("person")(visit, arriving.sought("person"))}
    fields = drawn(ProposeMerge(), "person", "basis", picks=picks)
    heading = f"保留的一份：{into.get('name', '')}"
    page: Json = {"summary": "提出合并", "heading": heading, "fields": fields}
    return page | {"facts": side_by_side(visit)}


def side_by_side(visit: Visit) -> list[Json]:
    """What the two records say, masked, what differs first, once it is known which is the other."""
    person = visit.query.get("person")
    if person is None:
        return []
    two = {"person": person, "into": visit.path["into"]}
    lines = visit.ask(PEOPLE, "compare_persons", OfTwo, **two)["items"]
    return [{"label": one["field"], "says": _beside(visit, one)} for one in lines]


def _beside(visit: Visit, line: Json) -> str:
    into, person = (_in_words(visit, line, end) for end in ("into", "person"))
    if line["same"]:
        return f"两份相同：{into}"
    return f"保留的：{into or '没有'}；并入的：{person or '没有'}"


def _in_words(visit: Visit, line: Json, end: str) -> str:
    said = str(line.get(end, ""))
    if line["id"] == "community":
        return visit.places.name_of(said) or said
    if line["id"] == "consent" and said:
        day, _, how = said.partition(" ")
        return f"{date_in_words(day)} {how}"
    return said


def alike(visit: Visit) -> Json:
    """Pairs of records that may be one person's, where the visitor keeps them."""
    division = str(visit.query.get("division") or place_of(visit.actor))
    found = visit.ask(PEOPLE, "find_duplicates", FindDuplicates, division=division)
    known = {"pairs": found["items"], "division": division}
    return known | {"streets": visit.places.streets()}


def at_home(visit: Visit) -> Json:
    return {"url": application().home.url}


def where_to_look(visit: Visit) -> Json:
    """For who keeps records of many: there are more people than can be looked through at once."""
    return {"streets": visit.places.streets() if visit.actor.has(*STREET) else []}


FINDING = Page(FIND, "people_find.html", more=where_to_look, for_all=False)
PAGES: tuple[Page | Form, ...] = (
    FINDING,
    Form(
        f"{FIND}/new",
        "command.html",
        PEOPLE,
        "record_person",
        RecordPerson,
        f"{FIND}/{{id}}",
        more=a_new_record,
    ),
    Page(
        ONE,
        "person.html",
        (
            Ask("links", PEOPLE, "list_links", ListLinks),
            Ask("grants", PEOPLE, "list_grants", ListGrants),
            Ask("merges", PEOPLE, "list_merges", ListMerges),
            Ask("consents", PEOPLE, "list_consents", ListConsents),
        ),
        what_may_be_done,
        for_all=False,
    ),
    Page(f"{FIND}/alike", "people_alike.html", more=alike, for_all=False),
    Form(
        f"{FIND}/<into>/merge",
        "command.html",
        PEOPLE,
        "propose_merge",
        ProposeMerge,
        f"{FIND}/{{into}}",
        more=two_of_one,
    ),
    Page(
        "/desk/invitations/<invitation>",
        "invitation.html",
        (Ask("invitation", PEOPLE, "get_invitation", OfInvitation),),
        at_home,
        for_all=False,
    ),
    Page(
        "/desk/desk-codes/<desk_code>",
        "desk_code.html",
        (Ask("code", PEOPLE, "get_desk_code", OfDeskCode),),
        for_all=False,
    ),
)
ANSWERED = (Answered(FIND, FINDING, FindPersons, found),)
