"""Members with their time in office, and teams."""

from schemas.documents import Json, pick, without
from services.district import territory
from services.district.indexes import by_place
from services.grids.folds.ends import with_end
from services.grids.model.lifecycles import MEMBER, TEAM
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (
    Collection(
        "members",
        (
            *by_place("state", "id"),
            ("state", "ends_at"),
            ("person", "id"),
            ("person", "state", "id"),
            ("community", "grid", "person", "state", "id"),
            ("community", "grid", "state", "id"),
        ),
    ),
    Collection("teams", (("division", "state", "id"),)),
    # Who is in which team.
    Collection("team_places", (("person", "state", "id"),)),
)


def fold_appointed(docs: Overlay, event: Event) -> None:
    member = event.without("member", "by") | {"id": event.data["member"]}
    member |= territory.placed(member["community"]) | {"since": event.time}
    docs.put("members", with_end(docs, MEMBER.begun(member)))


def fold_relieved(docs: Overlay, event: Event) -> None:
    member = docs.the("members", event.data["member"])
    bare = without(member, "ends_at") | {"until": event.time}
    docs.put("members", MEMBER.after(bare, "relieve"))


def fold_term_ended(docs: Overlay, event: Event) -> None:
    """From when the grid ended, whenever that was noted."""
    member = docs.the("members", event.data["member"]) | pick(event.data, "until")
    docs.put("members", MEMBER.after(without(member, "ends_at"), "expire"))


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
    "member_term_ended.v1": fold_term_ended,
    "team_recorded.v1": fold_team_recorded,
    "team_dissolved.v1": fold_team_dissolved,
}
