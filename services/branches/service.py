"""The branches service: what it answers to, nothing else."""

from schemas.branches import areas as a
from schemas.branches import branches as b
from schemas.branches import chart as c
from schemas.branches import divisions as d
from schemas.branches import endings as e
from schemas.branches import places as p
from schemas.branches import reports as r
from schemas.documents import Json
from services.branches import folds, lifecycles
from services.branches import views as answers
from services.branches.rules import areas, branches, divisions, endings, places, reports, terms
from services.branches.waiting import TASKS
from services.district.authority import STREET
from services.district.waiting import Waits
from services.kit.entrypoints import Asked, Service, command, due, query
from services.kit.log import Fact
from services.kit.views import Overlay, Views

BRANCH = ("branches", "branch")
REPORT = ("reports", "report")
REPORTERS = ("branch_secretary", *STREET)
READERS = (
    *STREET, "resident", "community_worker", "unit_liaison", "partner_manager", "branch_secretary", "district_analyst",
)  # fmt: skip


class Branches(Waits, Service):
    name = "branches"
    collections = folds.COLLECTIONS
    folds = folds.FOLDS
    lifecycles = (lifecycles.BRANCH, lifecycles.REPORT)
    tasks = TASKS

    @command(d.RecordDivision, by=("district_admin",), shows=("divisions", "division"))
    def record_division(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return divisions.record_division(docs, command, asked)

    @command(d.EndDivision, by=("district_admin",), shows=("divisions", "division"))
    def end_division(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return divisions.end_division(docs, command, asked)

    @command(d.WithdrawDivision, by=("district_admin",), shows=("divisions", "division"))
    def withdraw_division(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return divisions.withdraw_division(docs, command, asked)

    @command(a.RecordCourtyard, by=STREET, shows=("courtyards", "courtyard"))
    def record_courtyard(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return areas.record_courtyard(docs, command, asked)

    @command(a.RecordGrid, by=STREET, shows=("grids", "grid"))
    def record_grid(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return areas.record_grid(docs, command, asked)

    @command(a.EndCourtyard, by=STREET, shows=("courtyards", "courtyard"))
    def end_courtyard(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return areas.end_courtyard(docs, command, asked)

    @command(a.EndGrid, by=STREET, shows=("grids", "grid"))
    def end_grid(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return areas.end_grid(docs, command, asked)

    @command(p.EstablishCommittee, by=STREET, shows=("committees", "committee"))
    def establish_committee(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return places.establish_committee(docs, command, asked)

    @command(p.RecordSite, by=STREET, shows=("sites", "site"))
    def record_site(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return places.record_site(docs, command, asked)

    @command(p.EstablishHome, by=STREET, shows=("homes", "home"))
    def establish_home(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return places.establish_home(docs, command, asked)

    @command(p.AssignSite, by=STREET, shows=BRANCH)
    def assign_site(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return places.assign_site(docs, command, asked)

    @command(b.EstablishBranch, by=STREET, shows=BRANCH)
    def establish_branch(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return branches.establish_branch(docs, command, asked)

    @command(b.RenameBranch, by=STREET, shows=BRANCH)
    def rename_branch(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return branches.rename_branch(docs, command, asked)

    @command(b.LinkOversight, by=STREET, shows=BRANCH)
    def link_oversight(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return branches.link_oversight(docs, command, asked)

    @command(b.EndOversight, by=STREET, shows=BRANCH)
    def end_oversight(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return branches.end_oversight(docs, command, asked)

    @command(b.AppointSecretary, by=STREET, shows=BRANCH)
    def appoint_secretary(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return terms.appoint_secretary(docs, command, asked)

    @command(b.ElectCommittee, by=STREET, shows=BRANCH)
    def elect_committee(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return terms.elect_committee(docs, command, asked)

    @command(e.MergeBranch, by=STREET, shows=BRANCH)
    def merge_branch(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return endings.merge_branch(docs, command, asked)

    @command(e.DissolveBranch, by=STREET, shows=BRANCH)
    def dissolve_branch(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return endings.dissolve_branch(docs, command, asked)

    @command(r.ReportCounts, by=REPORTERS, shows=BRANCH)
    def report_counts(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return reports.report_counts(docs, command, asked)

    @command(r.ReportInBranch, by=REPORTERS, shows=REPORT)
    def report_in_branch(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return reports.report_in_branch(docs, command, asked)

    @command(r.ReportInMember, by=REPORTERS, shows=REPORT)
    def report_in_member(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return reports.report_in_member(docs, command, asked)

    @command(r.OfReport, by=READERS, shows=REPORT)
    def confirm_report(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return reports.confirm_report(docs, command, asked)

    @command(r.OfReport, by=READERS, shows=REPORT)
    def decline_report(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return reports.decline_report(docs, command, asked)

    @command(r.WithdrawReport, by=REPORTERS, shows=REPORT)
    def withdraw_report(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return reports.withdraw_report(docs, command, asked)

    @due("terms_ahead", {"state": "ahead"}, by="warn_at")
    def warn_of_term(self, docs: Overlay, doc: Json, asked: Asked) -> Fact:
        return terms.warn(docs, doc, asked)

    @query(b.GetBranch, by=READERS)
    def get_branch(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.get_branch(views, question, asked)

    @query(b.ListBranches, by=READERS)
    def list_branches(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.list_branches(views, question, asked)

    @query(p.ListCommittees, by=READERS)
    def list_committees(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.list_committees(views, question, asked)

    @query(p.ListSites, by=READERS)
    def list_sites(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.list_sites(views, question, asked)

    @query(p.OfSite, by=READERS)
    def get_site(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.get_site(views, question, asked)

    @query(p.ListHomes, by=READERS)
    def list_homes(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.list_homes(views, question, asked)

    @query(r.ListCounts, by=READERS)
    def list_counts(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.list_counts(views, question, asked)

    @query(r.ListReportsOfBranch, by=READERS)
    def list_reports_of_branch(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.list_reports_of_branch(views, question, asked)

    @query(r.ListReportsOfCommunity, by=READERS)
    def list_reports_of_community(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.list_reports_of_community(views, question, asked)

    @query(r.MyReports, by=READERS)
    def my_reports(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.my_reports(views, question, asked)

    @query(d.GetDivision)
    def get_division(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.get_division(views, question, asked)

    @query(d.ListDivisions)
    def list_divisions(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.list_divisions(views, question, asked)

    @query(a.ListAreas, by=READERS)
    def list_courtyards(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.list_areas(views, "courtyard", question, asked)

    @query(a.ListAreas, by=READERS)
    def list_grids(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.list_areas(views, "grid", question, asked)

    @query(c.AskChart, by=READERS)
    def branch_chart(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.get_chart(views, question, asked)
