"""Monthly reports: every version, what it changed, and how one differs from another or from how things are now."""

from schemas.documents import Json, pick_present
from services.district.calendar import month_in_words
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


def list_reports(views: Reads, question: Json, asked: Asked) -> Json:
    """The latest month first."""
    scope = question["scope"]
    must_cover(asked, scope)
    division(views, scope)
    of_scope = Find(REPORTS, {"scope": scope}, "month", newest_first=True)
    return page(views, question, of_scope)


def get_report(views: Reads, question: Json, asked: Asked) -> Json:
    must_cover(asked, question["scope"])
    return shown(views, question, asked)


def report_versions(views: Reads, question: Json, asked: Asked) -> Json:
    """The latest first, each with what it changed."""
    must_cover(asked, question["scope"])
    report = the_report(views, question)
    versions = page(views, question, _latest_first(report["id"]))
    items = [_version(views, doc, asked) for doc in versions["items"]]
    return versions | {"items": items}


def compare_report(views: Reads, question: Json, asked: Asked) -> Json:
    """Every figure of one version beside another's, or as it is now, with what explains a difference."""
    must_cover(asked, question["scope"])
    earlier, later = (Version(content, asked) for content in _two(views, question))
    items = [
        figure | _explained(figure["figure"], earlier, later)
        for figure in compared(earlier, later)
    ]
    return question | {"items": items}


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
    of_link = report_links.opened(question["key"], key, asked.now)
    return shown(views, of_link | pick_present(question, "version"), asked)


def shown(views: Reads, question: Json, asked: Asked) -> Json:
    """One version; `question` has scope, month and perhaps the version."""
    report = the_report(views, question)
    asked_for = report | pick_present(question, "version")
    doc = _the_version(views, report, asked_for["version"], "version")
    version = Version(doc, asked)
    return {
        **pick_present(doc, *ABOUT),
        **version.all_rows(),
        **in_words(doc),
        "latest": report["version"],
        "open_days": _open_days(doc),
        "absent": version.absent(),
        "items": list(version.measured()),
        "changed": _changed(views, doc, asked),
        **_first_facts(views, doc, asked),
        "versions": _recent(views, report, asked),
    }


def _open_days(doc: Json) -> list[str]:
    """The days with sessions that have not been closed."""
    return [day["key"] for day in doc["days"] if day["figures"].get("open_sessions")]


def _first_facts(views: Reads, doc: Json, asked: Asked) -> Json:
    """`{"facts", "more_facts"}` behind the difference from the version before; none of the first."""
    before = _version_before(views, doc)
    if before is None:
        return {"facts": [], "more_facts": False}
    facts = _facts(views, before, doc, asked, {"after": None, "limit": MOST_FACTS})
    return {"facts": facts["items"], "more_facts": facts["next"] is not None}


def _recent(views: Reads, report: Json, asked: Asked) -> list[Json]:
    first_page = {"after": None, "limit": MOST_VERSIONS}
    versions = page(views, first_page, _latest_first(report["id"]))["items"]
    return [_version(views, doc, asked) for doc in versions]


def the_report(views: Reads, question: Json) -> Json:
    """Raises `Unknown` when it has not been published."""
    scope = question["scope"]
    month = question["month"]
    place = division(views, scope)
    report = views.get(REPORTS, report_id(scope, month))
    if report is None:
        says = f"{place['name']} {month_in_words(month)}的月报还没有发布"
        raise Unknown(says, code="not_frozen", path="month")
    return report


def _version(views: Reads, doc: Json, asked: Asked) -> Json:
    changes = {"changed": _changed(views, doc, asked)}
    return pick_present(doc, *OF_A_VERSION) | changes


def _changed(views: Reads, doc: Json, asked: Asked) -> list[Json]:
    """The figures that differ from the version before; none of the first."""
    before = _version_before(views, doc)
    return changed(Version(before, asked), Version(doc, asked)) if before else []


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
    """`path`: by what it was asked for. Raises `Unknown` when there is no such version."""
    doc = views.get(VERSIONS, version_id(report["id"], version))
    if doc is None:
        name = f"{report['name']} {month_in_words(report['month'])}的月报"
        says = f"{name}没有第 {version} 版，最新是第 {report['version']} 版"
        raise Unknown(says, code="no_such_version", path=path)
    return doc


def _version_before(views: Reads, doc: Json) -> Json | None:
    before = doc["version"] - 1
    return views.get(VERSIONS, version_id(doc["report"], before)) if before else None


def _latest_first(report: str) -> Find:
    return Find(VERSIONS, {"report": report}, "version", newest_first=True)
