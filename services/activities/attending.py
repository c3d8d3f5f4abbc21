"""What the activities service answers to at the door and afterwards: check-ins, hours, contests, what is certified."""

from schemas.activities import certificates as certificate_schemas
from schemas.activities import commendations as commendation_schemas
from schemas.activities import door as door_schemas
from schemas.activities import hours as hours_schemas
from schemas.activities import scans as scan_schemas
from schemas.activities.contents import OfSession
from schemas.documents import Json
from services.activities import certified, contested, records
from services.activities.rules import (
    certificates,
    codes,
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
from services.district.authority import STREET
from services.kit.entrypoints import Asked, command, due, query
from services.kit.log import Fact
from services.kit.views import Overlay, Views

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
    """The part of the service that knows the key its codes are signed with."""

    _door_key: bytes

    @command(door_schemas.CheckIn, by=AT_THE_DOOR, shows=SEAT)
    def check_in(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return door.check_in(docs, command, asked, self._door_key)

    @command(door_schemas.CheckOut, by=AT_THE_DOOR, shows=SEAT)
    def check_out(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return door.check_out(docs, command, asked, self._door_key)

    @command(scan_schemas.WalkIn, by=KEEPERS, shows=SEAT)
    def walk_in(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return walkins.walk_in(docs, command, asked, self._door_key)

    @command(scan_schemas.RecordScan, by=KEEPERS, shows=SEAT)
    def record_scan(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return scans.record_scan(docs, command, asked, self._door_key)

    @command(scan_schemas.RecordPaper, by=KEEPERS, shows=SEAT)
    def record_paper(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return scans.record_paper(docs, command, asked)

    @command(scan_schemas.UndoCheck, by=KEEPERS, shows=SEAT)
    def undo_check(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return corrections.undo_check(docs, command, asked)

    @command(door_schemas.Rate, by=("resident",), shows=SEAT)
    def rate(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return door.rate(docs, command, asked)

    @command(OfSession, by=("resident",), shows=SEAT)
    def delete_rating_words(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return door.delete_words(docs, command, asked)

    @command(door_schemas.Appraise, by=KEEPERS, shows=SEAT)
    def appraise(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return door.appraise(docs, command, asked)

    @command(hours_schemas.CorrectHours, by=DECIDERS, shows=SEAT)
    def correct_hours(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return corrections.correct_hours(docs, command, asked)

    @command(hours_schemas.ChangeRoles, by=DECIDERS, shows=ACTIVITY)
    def change_roles(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return serving.change_roles(docs, command, asked)

    @due("recounts", {}, by="recount_at")
    def recount(self, docs: Overlay, recount: Json, asked: Asked) -> Fact:
        return corrections.recount(docs, docs.the("seats", recount["id"]), asked)

    @due("sessions", {}, by="settle_hours_at")
    def settle_hours(self, docs: Overlay, session: Json, asked: Asked) -> Fact:
        return settling.settle(docs, session, asked)

    @command(hours_schemas.ContestHours, by=PEOPLE, shows=CONTEST)
    def contest_hours(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return contests.contest_hours(docs, command, asked)

    @command(hours_schemas.SettleContest, by=DECIDERS, shows=CONTEST)
    def settle_contest(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return contests.settle_contest(docs, command, asked)

    @command(hours_schemas.OfContest, by=PEOPLE, shows=CONTEST)
    def withdraw_contest(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return contests.withdraw_contest(docs, command, asked)

    @command(hours_schemas.OfContest, by=PEOPLE, shows=CONTEST)
    def delete_contest_words(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return contests.delete_words(docs, command, asked)

    @due("contests", {"state": "open"}, by="press_at")
    def press_contest(self, docs: Overlay, contest: Json, asked: Asked) -> Fact:
        return contests.press(docs, contest, asked)

    @due("contests", {"state": "pressing"}, by="due_at")
    def escalate_contest(self, docs: Overlay, contest: Json, asked: Asked) -> Fact:
        return contests.escalate(docs, contest, asked)

    @command(certificate_schemas.IssueCertificate, by=DECIDERS, shows=CERTIFICATE)
    def issue_certificate(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return certificates.issue_certificate(docs, command, asked, self._door_key)

    @command(certificate_schemas.RevokeCertificate, by=DECIDERS, shows=CERTIFICATE)
    def revoke_certificate(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return certificates.revoke_certificate(docs, command, asked)

    @command(commendation_schemas.Commend, by=DECIDERS, shows=COMMENDATION)
    def commend(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return commendations.commend(docs, command, asked)

    @command(commendation_schemas.WithdrawCommendation, by=DECIDERS, shows=COMMENDATION)
    def withdraw_commendation(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return commendations.withdraw_commendation(docs, command, asked)

    @query(commendation_schemas.OfCommendation, by=CONCERNED)
    def get_commendation(self, views: Views, question: Json, asked: Asked) -> Json:
        return records.get_commendation(views, question, asked)

    @query(commendation_schemas.MyCommendations, by=CONCERNED)
    def my_commendations(self, views: Views, question: Json, asked: Asked) -> Json:
        return records.my_commendations(views, question, asked)

    @query(commendation_schemas.ResidentCommendations, by=DECIDERS)
    def resident_commendations(self, views: Views, question: Json, asked: Asked) -> Json:
        return records.resident_commendations(views, question, asked)

    @query(door_schemas.MyCode, by=PEOPLE)
    def my_code(self, views: Views, question: Json, asked: Asked) -> Json:
        return codes.own_code(asked.actor.id, self._door_key, asked.now)

    @query(hours_schemas.OfContest, by=CONCERNED)
    def get_contest(self, views: Views, question: Json, asked: Asked) -> Json:
        return contested.get_contest(views, question, asked)

    @query(hours_schemas.MyContests, by=PEOPLE)
    def my_contests(self, views: Views, question: Json, asked: Asked) -> Json:
        return contested.my_contests(views, question, asked)

    @query(hours_schemas.ListContests, by=DECIDERS)
    def list_contests(self, views: Views, question: Json, asked: Asked) -> Json:
        return contested.list_contests(views, question, asked)

    @query(hours_schemas.MyRecord, by=CONCERNED)
    def my_record(self, views: Views, question: Json, asked: Asked) -> Json:
        return records.my_record(views, question, asked)

    @query(hours_schemas.MyTotals, by=CONCERNED)
    def my_totals(self, views: Views, question: Json, asked: Asked) -> Json:
        return records.my_totals(views, question, asked)

    @query(hours_schemas.ResidentRecord, by=records.WORKERS)
    def resident_record(self, views: Views, question: Json, asked: Asked) -> Json:
        return records.resident_record(views, question, asked)

    @query(hours_schemas.ResidentTotals, by=records.WORKERS)
    def resident_totals(self, views: Views, question: Json, asked: Asked) -> Json:
        return records.resident_totals(views, question, asked)

    @query(certificate_schemas.OfCertificate, by=CONCERNED)
    def get_certificate(self, views: Views, question: Json, asked: Asked) -> Json:
        return certified.get_certificate(views, question, asked, self._door_key)

    @query(certificate_schemas.CertifiedServices, by=CONCERNED)
    def certified_services(self, views: Views, question: Json, asked: Asked) -> Json:
        return certified.certified_services(views, question, asked)

    @query(certificate_schemas.MyCertificates, by=CONCERNED)
    def my_certificates(self, views: Views, question: Json, asked: Asked) -> Json:
        return certified.my_certificates(views, question, asked)

    @query(certificate_schemas.ListCertificates, by=DECIDERS)
    def list_certificates(self, views: Views, question: Json, asked: Asked) -> Json:
        return certified.list_certificates(views, question, asked)

    @query(certificate_schemas.VerifyCertificate)
    def verify_certificate(self, views: Views, question: Json, asked: Asked) -> Json:
        return certified.verify_certificate(views, question, asked)
