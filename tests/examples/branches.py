"""One canonical example of every command, event and resource of branches. All names are invented."""

from tests.examples import Example

BRANCH, COMMITTEE, SITE, LINK = "B1", "C1", "S1", "L1"
COMMUNITY = "510108015001"

DIVISION: Example = {"division": COMMUNITY, "name": "灯塔社区", "status": "demo"}
COMMITTEE_CONTENT: Example = {"name": "网络直播行业综合党委", "industry": "网络直播", "division": "510108"}
SITE_CONTENT: Example = {"name": "红帆驿站", "community": COMMUNITY, "address": "灯塔路 1 号"}
BRANCH_CONTENT: Example = {
    "name": "星河直播党支部",
    "company": "星河直播有限公司",
    "community": COMMUNITY,
    "site": SITE,
}
OVERSIGHT: Example = {"kind": "industry", "parent": COMMITTEE, "since": "2026-01-01"}
TERM: Example = {"person": "P7", "since": "2026-01-01", "until": "2028-12-31"}

COMMANDS: dict[str, Example] = {
    "record_division": DIVISION,
    "establish_committee": COMMITTEE_CONTENT,
    "record_site": SITE_CONTENT,
    "establish_branch": BRANCH_CONTENT,
    "link_oversight": {**OVERSIGHT, "branch": BRANCH},
    "end_oversight": {"branch": BRANCH, "link": LINK, "until": "2026-12-31"},
    "appoint_secretary": {**TERM, "branch": BRANCH},
}

EVENTS: dict[str, Example] = {
    "division_recorded.v1": {**DIVISION, "level": "community", "parent": "510108015"},
    "committee_established.v1": {**COMMITTEE_CONTENT, "committee": COMMITTEE},
    "site_recorded.v1": {**SITE_CONTENT, "site": SITE},
    "branch_established.v1": {**BRANCH_CONTENT, "branch": BRANCH},
    "oversight_linked.v1": {**OVERSIGHT, "branch": BRANCH, "link": LINK},
    "oversight_ended.v1": COMMANDS["end_oversight"],
    "secretary_appointed.v1": COMMANDS["appoint_secretary"],
}

RESOURCES: dict[str, Example] = {
    "DivisionEntry": {**EVENTS["division_recorded.v1"], "id": COMMUNITY, "seq": 3},
    "Committee": {**COMMITTEE_CONTENT, "id": COMMITTEE, "seq": 4},
    "Site": {**SITE_CONTENT, "id": SITE, "seq": 5},
    "Branch": {
        **BRANCH_CONTENT,
        "id": BRANCH,
        "street": "510108015",
        "district": "510108",
        "links": [{**OVERSIGHT, "link": LINK}],
        "terms": [TERM],
        "on": "2026-06-01",
        "parents": [{**OVERSIGHT, "link": LINK, "name": COMMITTEE_CONTENT["name"]}],
        "secretary": "P7",
        "seq": 8,
    },
}
