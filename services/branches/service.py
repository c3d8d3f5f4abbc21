"""The branches service: what it answers to, nothing else."""

from schemas.branches import areas as a
from schemas.branches import branches as b
from schemas.branches import chart as c
from schemas.branches import divisions as d
from schemas.branches import endings as e
from schemas.branches import places as p
from schemas.branches import reports as r
from services.branches import folds
from services.branches.model import lifecycles
from services.branches.rules import (
    areas,
    branches,
    divisions,
    endings,
    places,
    reports,
    terms,
)
from services.branches.views import branches as answers
from services.branches.waiting import TASKS
from services.district.authority import STREET
from services.district.waiting import Waits, asks_waiting, counts_waiting
from services.kit.entrypoints import Service, command, due, query

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
    erases_for = "people"
    lifecycles = (lifecycles.BRANCH, lifecycles.REPORT)
    tasks = TASKS

    waiting = asks_waiting(TASKS)
    count_waiting = counts_waiting(TASKS)

    record_division = command(
        d.RecordDivision,
        divisions.record_division,
        by=("district_admin",),
        shows=("divisions", "division"),
    )
    end_division = command(
        d.EndDivision,
        divisions.end_division,
        by=("district_admin",),
        shows=("divisions", "division"),
    )
    withdraw_division = command(
        d.WithdrawDivision,
        divisions.withdraw_division,
        by=("district_admin",),
        shows=("divisions", "division"),
    )
    record_courtyard = command(
        a.RecordCourtyard,
        areas.record_courtyard,
        by=STREET,
        shows=("courtyards", "courtyard"),
    )
    record_grid = command(
        a.RecordGrid, areas.record_grid, by=STREET, shows=("grids", "grid")
    )
    end_courtyard = command(
        a.EndCourtyard,
        areas.end_courtyard,
        by=STREET,
        shows=("courtyards", "courtyard"),
    )
    end_grid = command(a.EndGrid, areas.end_grid, by=STREET, shows=("grids", "grid"))
    establish_committee = command(
        p.EstablishCommittee,
        places.establish_committee,
        by=STREET,
        shows=("committees", "committee"),
    )
    record_site = command(
        p.RecordSite, places.record_site, by=STREET, shows=("sites", "site")
    )
    establish_home = command(
        p.EstablishHome, places.establish_home, by=STREET, shows=("homes", "home")
    )
    assign_site = command(p.AssignSite, places.assign_site, by=STREET, shows=BRANCH)
    establish_branch = command(
        b.EstablishBranch, branches.establish_branch, by=STREET, shows=BRANCH
    )
    rename_branch = command(
        b.RenameBranch, branches.rename_branch, by=STREET, shows=BRANCH
    )
    link_oversight = command(
        b.LinkOversight, branches.link_oversight, by=STREET, shows=BRANCH
    )
    end_oversight = command(
        b.EndOversight, branches.end_oversight, by=STREET, shows=BRANCH
    )
    appoint_secretary = command(
        b.AppointSecretary, terms.appoint_secretary, by=STREET, shows=BRANCH
    )
    elect_committee = command(
        b.ElectCommittee, terms.elect_committee, by=STREET, shows=BRANCH
    )
    merge_branch = command(e.MergeBranch, endings.merge_branch, by=STREET, shows=BRANCH)
    dissolve_branch = command(
        e.DissolveBranch, endings.dissolve_branch, by=STREET, shows=BRANCH
    )
    report_counts = command(
        r.ReportCounts, reports.report_counts, by=REPORTERS, shows=BRANCH
    )
    report_in_branch = command(
        r.ReportInBranch, reports.report_in_branch, by=REPORTERS, shows=REPORT
    )
    report_in_member = command(
        r.ReportInMember, reports.report_in_member, by=REPORTERS, shows=REPORT
    )
    confirm_report = command(
        r.OfReport, reports.confirm_report, by=READERS, shows=REPORT
    )
    decline_report = command(
        r.OfReport, reports.decline_report, by=READERS, shows=REPORT
    )
    withdraw_report = command(
        r.WithdrawReport, reports.withdraw_report, by=REPORTERS, shows=REPORT
    )
    warn_of_term = due("terms_ahead", {"state": "ahead"}, terms.warn, by="warn_at")
    get_branch = query(b.GetBranch, answers.get_branch, by=READERS)
    list_branches = query(b.ListBranches, answers.list_branches, by=READERS)
    list_committees = query(p.ListCommittees, answers.list_committees, by=READERS)
    list_sites = query(p.ListSites, answers.list_sites, by=READERS)
    get_site = query(p.OfSite, answers.get_site, by=READERS)
    list_homes = query(p.ListHomes, answers.list_homes, by=READERS)
    list_counts = query(r.ListCounts, answers.list_counts, by=READERS)
    list_reports_of_branch = query(
        r.ListReportsOfBranch, answers.list_reports_of_branch, by=READERS
    )
    list_reports_of_community = query(
        r.ListReportsOfCommunity, answers.list_reports_of_community, by=READERS
    )
    my_reports = query(r.MyReports, answers.my_reports, by=READERS)
    get_division = query(d.GetDivision, answers.get_division)
    list_divisions = query(d.ListDivisions, answers.list_divisions)
    list_courtyards = query(a.ListAreas, answers.list_courtyards, by=READERS)
    list_grids = query(a.ListAreas, answers.list_grids, by=READERS)
    branch_chart = query(c.AskChart, answers.get_chart, by=READERS)
