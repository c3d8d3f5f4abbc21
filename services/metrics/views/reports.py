"""Monthly reports: every version, what it changed, and how one differs from another or from how things are now."""

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.lists.paging import page
from services.kit.views import Find, Reads
from services.metrics.folds.reports import REPORTS, VERSIONS, report_id, version_id
from services.metrics.reckoning.content import content
from services.metrics.reckoning.questions import division, must_cover
from services.metrics.rules.redefined import in_words
from services.metrics.views import differences, report_links
from services.metrics.views.versions import Version, changed, compared

MOST_FACTS, MOST_VERSIONS = 50, 20
OF_A_VERSION = ("version", "at", "by", "reason", "as_of")
ABOUT = ("scope", "month", "name", "demo", "definitions", *OF_A_VERSION)
NO_FACTS: Json = {"items": [], "next": None}


def list_reports(views: Reads, question: Json, asked: Asked) -> Json:
    """The latest month first."""
    must_cover(asked, question["scope"])
    division(views, question["scope"])
    return page(
        views,
        question,
        Find(REPORTS, {"scope": question["scope"]}, "month", newest_first=True),
    )


def get_report(views: Reads, question: Json, asked: Asked) -> Json:
    must_cover(asked, question["scope"])
    return shown(views, question, asked)


def report_versions(views: Reads, question: Json, asked: Asked) -> Json:
    """The latest first, each with what it changed."""
    must_cover(asked, question["scope"])
    report = the_report(views, question)
    found = page(views, question, _latest_first(report["id"]))
    return {**found, "items": [_version(views, doc, asked) for doc in found["items"]]}


def compare_report(views: Reads, question: Json, asked: Asked) -> Json:
    """Every figure of one version beside another's, or as it is now, with what explains a difference."""
    must_cover(asked, question["scope"])
    earlier, later = (Version(said, asked) for said in _two(views, question))
    items = [
        {**one, **_explained(one["figure"], earlier, later)}
        for one in compared(earlier, later)
    ]
    return {**question, "items": items}


def _explained(figure: str, earlier: Version, later: Version) -> Json:
    """No facts explain what is counted otherwise."""
    if earlier.meaning_of(figure) != later.meaning_of(figure):
        return {"explained_by": [], "note": "两版的口径不同，差额不由事实构成"}
    return differences.explained_by(figure)


def report_differences(views: Reads, question: Json, asked: Asked) -> Json:
    """The facts behind the difference, page by page."""
    must_cover(asked, question["scope"])
    earlier, later = _two(views, question)
    return _facts(views, earlier, later, asked, question)


def report_link(views: Reads, question: Json, asked: Asked, key: bytes) -> Json:
    must_cover(asked, question["scope"])
    the_report(views, question)
    return report_links.link(question["scope"], question["month"], key, asked.now)


def open_report(views: Reads, question: Json, asked: Asked, key: bytes) -> Json:
    """For whoever has a link."""
    version = {name: question[name] for name in ("version",) if name in question}
    return shown(
        views,
        {**report_links.opened(question["key"], key, asked.now), **version},
        asked,
    )


def shown(views: Reads, question: Json, asked: Asked) -> Json:
    """One version; `question` has scope, month and perhaps the version."""
    report = the_report(views, question)
    doc = _the_version(
        views,
        report,
        question["version"] if "version" in question else report["version"],
        "version",
    )
    before, version = _version_before(views, doc), Version(doc, asked)
    first_page = {"after": None, "limit": MOST_FACTS}
    facts = _facts(views, before, doc, asked, first_page) if before else NO_FACTS
    recent = page(
        views, {"after": None, "limit": MOST_VERSIONS}, _latest_first(report["id"])
    )["items"]
    return {
        **{name: doc[name] for name in ABOUT if name in doc},
        **version.all_rows(),
        **in_words(doc),
        "latest": report["version"],
        "open_days": [
            day["key"] for day in doc["days"] if day["figures"].get("open_sessions")
        ],
        "absent": version.absent(),
        "items": list(version.measured()),
        "changed": changed(Version(before, asked), version) if before else [],
        "facts": facts["items"],
        "more_facts": facts["next"] is not None,
        "versions": [_version(views, one, asked) for one in recent],
    }


def the_report(views: Reads, question: Json) -> Json:
    place = division(views, question["scope"])
    report = views.get(REPORTS, report_id(question["scope"], question["month"]))
    if report is None:
        raise Unknown(
            f"{place['name']} {question['month']} 的月报还没有发布",
            code="not_frozen",
            path="month",
        )
    return report


def _version(views: Reads, doc: Json, asked: Asked) -> Json:
    about: Json = {name: doc[name] for name in OF_A_VERSION if name in doc}
    before = _version_before(views, doc)
    return {
        **about,
        "changed": changed(Version(before, asked), Version(doc, asked))
        if before
        else [],
    }


def _facts(
    views: Reads, earlier: Json, later: Json, asked: Asked, question: Json
) -> Json:
    between = differences.Between(
        earlier["scope"], earlier["month"], earlier["as_of"], later["as_of"]
    )
    withheld = Version(later, asked).of_sessions()
    return differences.page(views, between, question.get("figure"), withheld, question)


def _two(views: Reads, question: Json) -> tuple[Json, Json]:
    """What both say; the later one may be how things are now."""
    report = the_report(views, question)
    earlier = _the_version(views, report, question["earlier"], "earlier")
    if "later" in question:
        return earlier, _the_version(views, report, question["later"], "later")
    return earlier, content(views, question["scope"], question["month"], earlier)


def _the_version(views: Reads, report: Json, version: int, path: str) -> Json:
    """`path`: by what it was asked for."""
    doc = views.get(VERSIONS, version_id(report["id"], version))
    if doc is None:
        told = f"{report['name']} {report['month']} 的月报没有第 {version} 版，最新是第 {report['version']} 版"
        raise Unknown(told, code="no_such_version", path=path)
    return doc


def _version_before(views: Reads, doc: Json) -> Json | None:
    return (
        views.get(VERSIONS, version_id(doc["report"], doc["version"] - 1))
        if doc["version"] > 1
        else None
    )


def _latest_first(report: str) -> Find:
    return Find(VERSIONS, {"report": report}, "version", newest_first=True)
