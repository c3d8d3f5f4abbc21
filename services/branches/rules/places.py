"""Industry committees, sites, and the homes of internet marketers."""

from schemas.documents import Json
from services.branches.model.lifecycles import BRANCH
from services.branches.rules.rights import overseen
from services.district import territory
from services.district.calendar import day_in_words, local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Reads


def establish_committee(docs: Reads, command: Json, asked: Asked) -> Fact:
    division = command["division"]
    territory.known(docs, division, "division", local_day(asked.now))
    return _new("committee", "committee_established.v1", command, asked)


def record_site(docs: Reads, command: Json, asked: Asked) -> Fact:
    community = command["community"]
    territory.known(docs, community, "community", local_day(asked.now))
    return _new("site", "site_recorded.v1", command, asked)


def assign_site(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Sites are recorded in the order a branch moved in."""
    branch = overseen(docs, command, asked, "assign_site")
    must_be_a_site(docs, command["site"])
    for latest in branch["sites"][-1:]:
        if command["since"] <= latest["since"]:
            says = (
                f"已登记从 {day_in_words(latest['since'])} 起使用的阵地，新的应晚于它"
            )
            raise Refused("before_latest_site", says, path="since")
    return BRANCH.fact("site_assigned.v1", branch["id"], command)


def establish_home(docs: Reads, command: Json, asked: Asked) -> Fact:
    overseen(docs, command, asked, "run_home")
    territory.known(docs, command["community"], "community", local_day(asked.now))
    if "site" in command:
        must_be_a_site(docs, command["site"])
    return _new("home", "home_established.v1", command, asked)


def must_be_a_site(docs: Reads, site: str) -> None:
    """Raises `Unknown` unless the site is recorded."""
    if docs.get("sites", site) is None:
        raise Unknown("没有这个阵地", path="site")


def _new(subject: str, type: str, command: Json, asked: Asked) -> Fact:
    """The fact that brings something with no life cycle into being, in its own stream."""
    id = asked.new_id
    return Fact(type, f"{subject}/{id}", command | {subject: id})
