"""What the activities service answers to at the door and afterwards: check-ins, hours, contests, what is certified."""

from schemas.activities import certificates as certificate_schemas
from schemas.activities import commendations as commendation_schemas
from schemas.activities import door as door_schemas
from schemas.activities import hours as hours_schemas
from schemas.activities import scans as scan_schemas
from schemas.activities.contents import OfSession
from services.activities.rules import (
    certificates,
    commendations,
    contests,
    corrections,
    door,
    scans,
    serving,
    settling,
    walkins,
)
from services.activities.rules.authority import KEEPERS
from services.activities.views import certificates as certified
from services.activities.views import contests as contested
from services.activities.views import records
from services.district.authority import STREET
from services.kit.config import Settings
from services.kit.entrypoints import command, due, query

ACTIVITY = ("activities", "activity")
SEAT = ("seats", "session", "person")
CONTEST = ("contests", "contest")
CERTIFICATE = ("certificates", "certificate")
COMMENDATION = ("commendations", "commendation")
PEOPLE = ("resident", "community_worker")
AT_THE_DOOR = ("resident", *KEEPERS)
DECIDERS = (*KEEPERS, *STREET)
CONCERNED = ("resident", *DECIDERS)


class Attending:
    """The part of the table for the door and afterwards."""

    check_in = command(
        door_schemas.CheckIn,
        door.check_in,
        by=AT_THE_DOOR,
        shows=SEAT,
        given=Settings.door_key,
    )
    check_out = command(
        door_schemas.CheckOut,
        door.check_out,
        by=AT_THE_DOOR,
        shows=SEAT,
        given=Settings.door_key,
    )
    walk_in = command(
        scan_schemas.WalkIn,
        walkins.walk_in,
        by=KEEPERS,
        shows=SEAT,
        given=Settings.door_key,
    )
    record_scan = command(
        scan_schemas.RecordScan,
        scans.record_scan,
        by=KEEPERS,
        shows=SEAT,
        given=Settings.door_key,
    )
    record_paper = command(
        scan_schemas.RecordPaper, scans.record_paper, by=KEEPERS, shows=SEAT
    )
    undo_check = command(
        scan_schemas.UndoCheck, corrections.undo_check, by=KEEPERS, shows=SEAT
    )
    rate = command(door_schemas.Rate, door.rate, by=("resident",), shows=SEAT)
    delete_rating_words = command(
        OfSession, door.delete_words, by=("resident",), shows=SEAT
    )
    appraise = command(door_schemas.Appraise, door.appraise, by=KEEPERS, shows=SEAT)
    correct_hours = command(
        hours_schemas.CorrectHours, corrections.correct_hours, by=DECIDERS, shows=SEAT
    )
    change_roles = command(
        hours_schemas.ChangeRoles, serving.change_roles, by=DECIDERS, shows=ACTIVITY
    )
    recount = due("recounts", {}, corrections.recount_due, by="recount_at")
    settle_hours = due("sessions", {}, settling.settle, by="settle_hours_at")
    contest_hours = command(
        hours_schemas.ContestHours, contests.contest_hours, by=PEOPLE, shows=CONTEST
    )
    settle_contest = command(
        hours_schemas.SettleContest, contests.settle_contest, by=DECIDERS, shows=CONTEST
    )
    withdraw_contest = command(
        hours_schemas.OfContest, contests.withdraw_contest, by=PEOPLE, shows=CONTEST
    )
    delete_contest_words = command(
        hours_schemas.OfContest, contests.delete_words, by=PEOPLE, shows=CONTEST
    )
    press_contest = due("contests", {"state": "open"}, contests.press, by="press_at")
    escalate_contest = due(
        "contests", {"state": "pressing"}, contests.escalate, by="due_at"
    )
    issue_certificate = command(
        certificate_schemas.IssueCertificate,
        certificates.issue_certificate,
        by=DECIDERS,
        shows=CERTIFICATE,
        given=Settings.door_key,
    )
    revoke_certificate = command(
        certificate_schemas.RevokeCertificate,
        certificates.revoke_certificate,
        by=DECIDERS,
        shows=CERTIFICATE,
    )
    commend = command(
        commendation_schemas.Commend,
        commendations.commend,
        by=DECIDERS,
        shows=COMMENDATION,
    )
    withdraw_commendation = command(
        commendation_schemas.WithdrawCommendation,
        commendations.withdraw_commendation,
        by=DECIDERS,
        shows=COMMENDATION,
    )
    get_commendation = query(
        commendation_schemas.OfCommendation, records.get_commendation, by=CONCERNED
    )
    my_commendations = query(
        commendation_schemas.MyCommendations, records.my_commendations, by=CONCERNED
    )
    resident_commendations = query(
        commendation_schemas.ResidentCommendations,
        records.resident_commendations,
        by=DECIDERS,
    )
    my_code = query(
        door_schemas.MyCode, records.my_code, by=PEOPLE, given=Settings.door_key
    )
    get_contest = query(hours_schemas.OfContest, contested.get_contest, by=CONCERNED)
    my_contests = query(hours_schemas.MyContests, contested.my_contests, by=PEOPLE)
    list_contests = query(
        hours_schemas.ListContests, contested.list_contests, by=DECIDERS
    )
    my_record = query(hours_schemas.MyRecord, records.my_record, by=CONCERNED)
    my_totals = query(hours_schemas.MyTotals, records.my_totals, by=CONCERNED)
    resident_record = query(
        hours_schemas.ResidentRecord, records.resident_record, by=records.WORKERS
    )
    resident_totals = query(
        hours_schemas.ResidentTotals, records.resident_totals, by=records.WORKERS
    )
    get_certificate = query(
        certificate_schemas.OfCertificate,
        certified.get_certificate,
        by=CONCERNED,
        given=Settings.door_key,
    )
    certified_services = query(
        certificate_schemas.CertifiedServices,
        certified.certified_services,
        by=CONCERNED,
    )
    my_certificates = query(
        certificate_schemas.MyCertificates, certified.my_certificates, by=CONCERNED
    )
    list_certificates = query(
        certificate_schemas.ListCertificates, certified.list_certificates, by=DECIDERS
    )
    verify_certificate = query(
        certificate_schemas.VerifyCertificate, certified.verify_certificate
    )
