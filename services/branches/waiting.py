"""What of branches waits for somebody: for the member a branch has named, and for who sees to new elections."""

from schemas.documents import Json
from services.district.authority import STREET
from services.district.waiting import Task, found_in, in_places
from services.kit.entrypoints import Asked
from services.kit.views import Find, Reads


def _named(asked: Asked) -> list[Find]:
    return [Find("reports", {"person": id}, "waits_since") for id in asked.ids]


def _report(views: Reads, report: Json, asked: Asked) -> Json:
    return {
        "title": _branch_name(views, report),
        "place": report["community"],
        "names": {"report": report["id"]},
    }


def _ending(asked: Asked) -> list[Find]:
    places = in_places(asked.actor, *STREET)
    return found_in(places, "terms_ahead", "ends_at", state="warned")


def _term(views: Reads, term: Json, asked: Asked) -> Json:
    return {
        "title": _branch_name(views, term),
        "place": term["community"],
        "names": {"branch": term["branch"]},
        "since": term["warn_at"],
    }


def _branch_name(views: Reads, doc: Json) -> str:
    branch = views.get("branches", doc["branch"])
    return str(branch["name"]) if branch else ""


TASKS = (
    Task(
        "report_to_confirm",
        _named,
        _report,
        "my_reports",
        ("confirm_report", "decline_report"),
    ),
    Task(
        "term_to_renew",
        _ending,
        _term,
        "get_branch",
        ("appoint_secretary", "elect_committee"),
        is_dated=True,
    ),
)
