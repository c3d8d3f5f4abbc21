"""One canonical example of every command, event and resource of branches. All names are invented."""

from schemas.documents import Json
from tests.examples.seals import SEAL_LOG

BRANCH, COMMITTEE, SITE, LINK, REPORT = "B1", "C1", "S1", "L1", "R1"
COMMUNITY = "510108015001"

DIVISION: Json = {"division": COMMUNITY, "name": "灯塔社区", "status": "demo"}
COMMITTEE_CONTENT: Json = {
    "name": "网络直播行业综合党委",
    "industry": "网络直播",
    "division": "510108",
}
SITE_CONTENT: Json = {
    "name": "红帆驿站",
    "community": COMMUNITY,
    "address": "灯塔路 1 号",
}
BRANCH_CONTENT: Json = {
    "name": "星河直播党支部",
    "company": "星河直播有限公司",
    "community": COMMUNITY,
    "site": SITE,
}
OVERSIGHT: Json = {"kind": "industry", "parent": COMMITTEE, "since": "2026-01-01"}
COMMITTEE_TERM: Json = {"since": "2026-01-01", "until": "2028-12-31", "members": 5}
HOME_CONTENT: Json = {
    "name": "互联网营销师之家",
    "community": COMMUNITY,
    "site": SITE,
    "services": ["直播培训"],
}
COUNTS: Json = {"on": "2026-05-31", "members": 12, "streamers": 230}
TERM: Json = {"person": "P7", "since": "2026-01-01", "until": "2028-12-31"}

COURTYARD: Json = {
    "courtyard": "Y-01",
    "name": "灯塔苑",
    "community": COMMUNITY,
    "valid_from": "2026-01-01",
}
GRID: Json = {
    "grid": "W-0101", "name": "灯塔苑一网格", "community": COMMUNITY, "courtyard": "Y-01", "valid_from": "2026-01-01",
}  # fmt: skip
ELSEWHERE: Json = {name: GRID[name] for name in GRID if name != "courtyard"}
ENDED: Json = {"community": COMMUNITY, "valid_from": "2026-01-01"}

COMMANDS: dict[str, Json] = {
    "record_division": DIVISION,
    "end_division": {"division": COMMUNITY, "valid_to": "2026-12-31"},
    "withdraw_division": {"division": COMMUNITY},
    "record_courtyard": COURTYARD,
    "record_grid": GRID,
    "end_courtyard": {"courtyard": "Y-01", "valid_to": "2026-12-31"},
    "end_grid": {"grid": "W-0101", "valid_to": "2026-12-31"},
    "establish_committee": COMMITTEE_CONTENT,
    "record_site": SITE_CONTENT,
    "establish_branch": BRANCH_CONTENT,
    "rename_branch": {"branch": BRANCH, "name": "星河文创园联合党支部"},
    "link_oversight": {**OVERSIGHT, "branch": BRANCH},
    "end_oversight": {"branch": BRANCH, "link": LINK, "until": "2026-12-31"},
    "appoint_secretary": {**TERM, "branch": BRANCH},
    "elect_committee": {**COMMITTEE_TERM, "branch": BRANCH},
    "assign_site": {"branch": BRANCH, "site": SITE, "since": "2026-06-01"},
    "establish_home": {**HOME_CONTENT, "branch": BRANCH},
    "merge_branch": {"branch": BRANCH, "into": "B2", "on": "2026-07-01"},
    "dissolve_branch": {"branch": BRANCH, "on": "2026-07-01", "reason": "企业迁出本区"},
    "report_counts": {**COUNTS, "branch": BRANCH},
    "report_in_branch": {"branch": BRANCH, "community": COMMUNITY, "on": "2026-05-20"},
    "report_in_member": {
        "branch": BRANCH,
        "community": COMMUNITY,
        "on": "2026-05-20",
        "person": "P8",
    },
    "confirm_report": {"report": REPORT},
    "decline_report": {"report": REPORT},
    "withdraw_report": {"branch": BRANCH, "report": REPORT, "until": "2026-05-31"},
    "seal_log": SEAL_LOG,
}

EVENTS: dict[str, Json] = {
    "division_recorded.v1": {**DIVISION, "level": "community", "parent": "510108015"},
    "division_ended.v1": {"division": COMMUNITY, "valid_to": "2026-12-31", "by": "P0"},
    "division_withdrawn.v1": {"division": COMMUNITY, "by": "P0"},
    "courtyard_recorded.v1": COURTYARD,
    "grid_recorded.v1": GRID,
    "courtyard_ended.v1": {**COMMANDS["end_courtyard"], **ENDED},
    "grid_ended.v1": {**COMMANDS["end_grid"], **ENDED},
    "committee_established.v1": {**COMMITTEE_CONTENT, "committee": COMMITTEE},
    "site_recorded.v1": {**SITE_CONTENT, "site": SITE},
    "branch_established.v1": {**BRANCH_CONTENT, "branch": BRANCH},
    "branch_renamed.v1": {"branch": BRANCH, "name": "星河文创园联合党支部"},
    "oversight_linked.v1": {**OVERSIGHT, "branch": BRANCH, "link": LINK},
    "oversight_ended.v1": COMMANDS["end_oversight"],
    "secretary_appointed.v1": COMMANDS["appoint_secretary"],
    "committee_elected.v1": COMMANDS["elect_committee"],
    "term_expiring.v1": {
        "branch": BRANCH,
        "office": "secretary",
        "until": TERM["until"],
    },
    "site_assigned.v1": COMMANDS["assign_site"],
    "home_established.v1": {**COMMANDS["establish_home"], "home": "H1"},
    "branch_merged.v1": {**COMMANDS["merge_branch"], "by": "P0"},
    "branch_dissolved.v1": {**COMMANDS["dissolve_branch"], "by": "P0"},
    "counts_reported.v1": {**COMMANDS["report_counts"], "by": "P7"},
    "branch_reported_in.v1": {
        **COMMANDS["report_in_branch"],
        "report": "R2",
        "by": "P7",
    },
    "member_reported_in.v1": {
        **COMMANDS["report_in_member"],
        "report": REPORT,
        "by": "P7",
    },
    "member_reported_in.v2": {
        **COMMANDS["report_in_member"],
        "report": REPORT,
        "by": "P7",
    },
    "member_report_confirmed.v1": {"branch": BRANCH, "report": REPORT, "by": "P8"},
    "member_report_declined.v1": {"branch": BRANCH, "report": REPORT, "by": "P8"},
    "report_withdrawn.v1": {**COMMANDS["withdraw_report"], "by": "P7"},
}

RESOURCES: dict[str, Json] = {
    "DivisionEntry": {
        **EVENTS["division_recorded.v1"], "id": COMMUNITY, "recorded_on": "2026-06-01",
        "periods": [{"valid_from": "2026-06-01", "valid_to": "2026-12-31"}], "seq": 3,
    },
    "Area": {"id": "W-0101", "periods": [{name: GRID[name] for name in GRID if name != "grid"}], "seq": 9},
    "Committee": {**COMMITTEE_CONTENT, "id": COMMITTEE, "seq": 4},
    "Site": {**SITE_CONTENT, "id": SITE, "seq": 5},
    "SiteInUse": {**SITE_CONTENT, "id": SITE, "branches": [BRANCH], "seq": 5},
    "Home": {**HOME_CONTENT, "branch": BRANCH, "id": "H1", "street": "510108015", "district": "510108", "seq": 6},
    "CountsEntry": {**COUNTS, "id": f"{BRANCH}:2026-05-31", "branch": BRANCH, "by": "P7", "seq": 7},
    "Report": {
        "id": REPORT, "kind": "member", "branch": BRANCH, "person": "P8", "community": COMMUNITY,
        "on": "2026-05-20", "state": "current", "state_text": "已报到", "seq": 8,
    },
    "Branch": {
        **BRANCH_CONTENT,
        "id": BRANCH,
        "established_on": "2026-06-01",
        "state": "established",
        "state_text": "正常",
        "committees": [COMMITTEE_TERM],
        "sites": [{"site": SITE, "since": "2026-06-01"}],
        "counts": {**COUNTS, "by": "P7"},
        "warnings": [{"code": "vacant", "office": "committee", "text": "支委会空缺"}],
        "street": "510108015",
        "district": "510108",
        "links": [{**OVERSIGHT, "link": LINK}],
        "terms": [TERM],
        "on": "2026-06-01",
        "parents": [{**OVERSIGHT, "link": LINK, "name": COMMITTEE_CONTENT["name"]}],
        "secretary": "P7",
        "seq": 8,
    },
}  # fmt: skip
