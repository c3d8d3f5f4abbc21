"""Industry committees, sites, and the homes of internet marketers."""

from schemas.documents import Json
from services.branches.rules.rights import overseen
from services.district import territory
from services.district.authority import must_oversee
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Reads


def establish_committee(docs: Reads, command: Json, asked: Asked) -> Fact:
    must_oversee(docs, asked.actor, command["division"])
    territory.known(docs, command["division"], "division", local_day(asked.now))
    data = {**command, "committee": asked.new_id}
    return Fact("committee_established.v1", f"committee/{asked.new_id}", data)


def record_site(docs: Reads, command: Json, asked: Asked) -> Fact:
    must_oversee(docs, asked.actor, command["community"])
    territory.known(docs, command["community"], "community", local_day(asked.now))
    return Fact(
        "site_recorded.v1", f"site/{asked.new_id}", {**command, "site": asked.new_id}
    )


def assign_site(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Sites are recorded in the order a branch moved in."""
    branch = overseen(docs, command, asked, "assign_site")
    must_be_a_site(docs, command["site"])
    if branch["sites"] and command["since"] <= branch["sites"][-1]["since"]:
        latest = branch["sites"][-1]["since"]
        raise Refused(
            "before_latest_site",
            f"已登记从 {latest} 起使用的阵地，新的应晚于它",
            path="since",
        )
    return Fact("site_assigned.v1", f"branch/{branch['id']}", command)


def establish_home(docs: Reads, command: Json, asked: Asked) -> Fact:
    overseen(docs, command, asked, "run_home")
    territory.known(docs, command["community"], "community", local_day(asked.now))
    if "site" in command:
        must_be_a_site(docs, command["site"])
    return Fact(
        "home_established.v1", f"home/{asked.new_id}", {**command, "home": asked.new_id}
    )


def must_be_a_site(docs: Reads, site: str) -> None:
    if docs.get("sites", site) is None:
        raise Unknown(f"没有编号为 {site} 的阵地", path="site")
