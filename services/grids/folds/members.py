"""Members with their time in office, and teams."""

from schemas.documents import Json, pick
from services.district import territory
from services.district.indexes import by_place
from services.grids.model.lifecycles import MEMBER, TEAM
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (
    Collection(
        "members",
        (
            *by_place("state", "id"),
            ("person", "id"),
            ("person", "state", "id"),
            ("grid", "person", "state", "id"),
            ("grid", "state", "id"),
        ),
    ),
    Collection("teams", (("division", "state", "id"),)),
    # Who is in which team.
    Collection("team_places", (("person", "state", "id"),)),
)


def fold_appointed(docs: Overlay, event: Event) -> None:
    member = event.without("member", "by") | {"id": event.data["member"]}
    member |= territory.placed(member["community"]) | {"since": event.time}
    docs.put("members", MEMBER.begun(member))


def fold_relieved(docs: Overlay, event: Event) -> None:
    member = docs.the("members", event.data["member"])
    docs.put("members", MEMBER.after(member | {"until": event.time}, "relieve"))


def fold_team_recorded(docs: Overlay, event: Event) -> None:
    team = event.without("team", "by") | {"id": event.data["team"]}
    _put_team(docs, TEAM.begun(team))


def fold_team_dissolved(docs: Overlay, event: Event) -> None:
    team = docs.the("teams", event.data["team"])
    _put_team(docs, TEAM.after(team, "dissolve"))


def _put_team(docs: Overlay, team: Json) -> None:
    docs.put("teams", team)
    for person in team["persons"]:
        place = {"id": f"{team['id']}:{person}", "team": team["id"], "person": person}
        docs.put("team_places", place | pick(team, "state"))


OWN: Folds = {
    "member_appointed.v1": fold_appointed,
    "member_relieved.v1": fold_relieved,
    "team_recorded.v1": fold_team_recorded,
    "team_dissolved.v1": fold_team_dissolved,
}
