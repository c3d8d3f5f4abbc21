"""News on its way to everybody who holds a seat, and the notices it has become so far."""

from schemas.documents import Json, pick, pick_present, without
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.notices.folds import notices
from services.notices.model.addressees import to_person

COLLECTIONS = (Collection("news", (("carry_at",),)),)


def fold_opened(docs: Overlay, event: Event) -> None:
    content = event.data
    about = f"activity/{content['activity']}"
    for number, session in enumerate(content["sessions"]):
        news = {
            "id": f"{content['news']}.{number}",
            "kind": content["kind"],
            "about": about,
            "words": _words(content, session),
        }
        put_news(docs, event, session, news)


def put_news(docs: Overlay, event: Event, session: Json, news: Json) -> None:
    """News of one session, which begins to be carried at once."""
    to = {"session": session["session"], "soon": session["starts_at"]}
    begun = {"after": [], "carry_at": event.time}
    docs.put("news", news | to | begun)


def _words(content: Json, session: Json) -> Json:
    """By its title of before it is known to those who are told; what it is called now is said as a change."""
    words = {"title": content.get("title_before", content["title"])}
    words |= pick_present(content, "reason")
    words |= pick(session, "starts_at", "place")
    return words | _changes(content, session) if session["changed"] else words


def _changes(content: Json, session: Json) -> Json:
    moments = pick_present(session, "starts_at", "ends_at")
    return {
        "changed": session["changed"],
        "renamed": content["title"] if "title_before" in content else "",
        "period": list(moments.values()),
    }


def fold_carried(docs: Overlay, event: Event) -> None:
    """Who was told already, as one of another party, is not told twice."""
    content = event.data
    news = docs.the("news", content["news"])
    _tell(docs, event, news)
    carried = without(news, "carry_at") | {"after": content["after"]}
    if content["more"]:
        carried["carry_at"] = event.time
    docs.put("news", carried)


def _tell(docs: Overlay, event: Event, news: Json) -> None:
    notice = pick(news, "kind", "words", "about", "soon") | {"at": event.time}
    told = notices.SOURCES["notices"]
    for person in event.data["people"]:
        id = f"{news['id']}.{person}"
        if docs.get(told, id) is None:
            to = to_person(person)
            notices.put("notices", docs, id, notice | {"to": to})


OWN: Folds = {
    "news_opened.v1": fold_opened,
    "news_opened.v2": fold_opened,
    "news_carried.v1": fold_carried,
}
