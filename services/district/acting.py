"""Who may act for whom, as the people's service tells: a worker where somebody is recorded, or a live link."""

from operator import itemgetter

from schemas.acting import ACTS, MOST_ACTED, ListActed
from schemas.documents import Json, pick
from schemas.token import ROLES
from services.district import consents
from services.district.authority import oversees
from services.district.calendar import local_day
from services.district.territory import district_of
from services.kit.actor import Actor, Role
from services.kit.entrypoints import Asked, Query, query
from services.kit.errors import Forbidden, Refused
from services.kit.log import Event
from services.kit.persons.aliases import merged_into
from services.kit.persons.standing_in import StandIns
from services.kit.views import Collection, Find, Folds, Overlay, Reads

SOURCE = "people"
RESIDENT = "resident"
# What a guardian may ask for a child: what they take part in, not what they think of it.
OF_A_GUARDIAN = frozenset(
    {
        "sign_up",
        "cancel_signup",
        "accept_offer",
        "pass_on",
        "add_to_party",
        "leave_party",
        "check_in",
        "check_out",
        "get_signup",
        "my_signups",
        "raise_need",
    }
)
# What is begun for somebody, and the purpose to which they must not have withdrawn their consent.
PURPOSES = {
    "sign_up": "activities",
    "add_to_party": "activities",
    "raise_need": "visits",
}
COLLECTIONS = (
    *consents.COLLECTIONS,
    Collection("links", (("person", "holder", "id"),)),
)


def fold_moved(docs: Overlay, event: Event) -> None:
    content = event.data
    docs.change("recorded", content["person"], community=content["community"])


def fold_erased(docs: Overlay, event: Event) -> None:
    """Together with those who were merged into them."""
    for person in (event.data["person"], *event.data.get("merged", ())):
        docs.change("recorded", person, community="")


def fold_begun(docs: Overlay, event: Event) -> None:
    link = pick(event.data, "person", "holder", "kind", "until")
    docs.put("links", link | {"id": event.data["link"], "live": True})


def fold_over(docs: Overlay, event: Event) -> None:
    docs.change("links", event.data["link"], live=False)


FOLDS: Folds = {
    **consents.FOLDS,
    "person_moved.v1": fold_moved,
    "person_erased.v1": fold_erased,
    "link_begun.v1": fold_begun,
    "link_ended.v1": fold_over,
    "link_lapsed.v1": fold_over,
}


def in_their_place(docs: Reads, person: str, what: str, asked: Asked) -> Actor:
    """The person as a resident of the district, acted for by who asks.

    Raises `Forbidden`, whether there is such a person or not; `Refused` for what they have not agreed to any more.
    """
    community = community_of(docs, person)
    if not community or not may_act_for(docs, person, asked, what):
        says = "您没有登记过替这个人办理，请本人或由登记他的社区办理"
        raise Forbidden(says, code="not_acting_for", path="on_behalf_of")
    _must_agree(docs, person, what, "on_behalf_of")
    resident = Role(RESIDENT, district_of(community))
    return Actor(person, (resident,), through=asked.actor)


STAND_INS = StandIns(SOURCE, in_their_place)


def community_of(docs: Reads, person: str) -> str:
    """Where somebody is recorded; "" for who is not, or is erased."""
    recorded = docs.get("recorded", person)
    return str(recorded["community"]) if recorded else ""


def is_erased(docs: Reads, person: str) -> bool:
    """Whether there was a record of them once, and is none any more."""
    return docs.get("recorded", person) is not None and not community_of(docs, person)


def words_are_of(docs: Reads, person: str) -> str:
    """Whose words are that somebody writes down for the person: theirs. "", the writer's, once they are erased.

    What was kept as theirs after that would never be dropped.
    """
    return "" if is_erased(docs, person) else person


def may_act_for(docs: Reads, person: str, asked: Asked, what: str = "") -> bool:
    """A worker of the community where they are recorded, and who has a link that is live today.

    A guardian may not ask all that others may; `what` is the command or question, "" for none in particular.
    """
    actor = asked.actor
    if actor.covers("community_worker", community_of(docs, person)):
        return True
    today = local_day(asked.now)
    find = Find("links", {"person": person, "holder": actor.id}, "id")
    for link in docs.find(find):
        is_live = link["live"] and today <= link["until"]
        if is_live and _covers(link, what):
            return True
    return False


def _covers(link: Json, what: str) -> bool:
    return link["kind"] != "guardian" or not what or what in OF_A_GUARDIAN


def must_act_for(docs: Reads, person: str, what: str, path: str, asked: Asked) -> None:
    """Raises as `in_their_place` does, for somebody else who is named in what is asked, and recorded.

    Who is not recorded is known by an id alone, of before there were records.
    """
    if person == asked.actor.id or not community_of(docs, person):
        return
    if not may_act_for(docs, person, asked):
        says = "这个人登记在别的社区，请由那里的社区办理"
        raise Forbidden(says, code="not_acting_for", path=path)
    _must_agree(docs, person, what, path)


def _must_agree(docs: Reads, person: str, what: str, path: str) -> None:
    if consents.is_withdrawn(docs, person, PURPOSES.get(what, "")):
        says = "本人已撤回这方面的同意，请先问过本人再办"
        raise Refused("consent_withdrawn", says, path=path)


def list_acted(views: Reads, question: Json, asked: Asked) -> Json:
    """What others did for somebody: for that person, for who acts for them and who keeps their record."""
    person = question["person"]
    if not _sees(views, person, asked):
        says = "只有本人、替他办理的人和登记他的社区能看"
        raise Forbidden(says, code="not_acting_for")
    latest_first: list[Json] = []
    for id in (person, *merged_into(views, person)):
        find = Find("acted", {"person": id}, "id", limit=MOST_ACTED, newest_first=True)
        latest_first += views.find(find)
    latest_first.sort(key=itemgetter("id"), reverse=True)
    acts = list(map(_in_words, latest_first[:MOST_ACTED]))
    return {"items": acts, "next": None}


def _in_words(act: Json) -> Json:
    """What was done, as people call it."""
    words = ACTS.get(act["act"], "其他")
    return act | {"act": words}


def asks_acted() -> Query:
    return query(ListActed, list_acted, by=ROLES)


def _sees(views: Reads, person: str, asked: Asked) -> bool:
    if person == asked.actor.id or may_act_for(views, person, asked):
        return True
    community = community_of(views, person)
    return bool(community) and oversees(asked.actor, community)
