"""The cobuild service: what it answers to, nothing else. It is as long as that is much."""

from schemas.cobuild import commitments, matching, meetings, needs, offerings, suggestions, talks, units
from schemas.documents import Json
from services.cobuild import folds, lifecycles, rules
from services.cobuild import matching as matches
from services.cobuild import views as answers
from services.cobuild.waiting import TASKS
from services.district.authority import STREET
from services.district.waiting import Waits
from services.kit.entrypoints import Asked, Service, command, due, follows, query
from services.kit.log import Event, Fact
from services.kit.views import Overlay, Views

UNIT = ("units", "unit")
OFFERING = ("offerings", "offering")
NEED = ("needs", "need")
COMMITMENT = ("commitments", "commitment")
MEETING = ("meetings", "meeting")
UNITS = ("unit_liaison", *STREET)
HANDLERS = ("community_worker", *STREET)
RAISERS = ("resident", *HANDLERS)
TALKERS = (*RAISERS, "unit_liaison")
CHAIRS = UNITS
READERS = (*UNITS, "resident", "community_worker", "partner_manager", "branch_secretary", "district_analyst")


class Cobuild(Waits, Service):
    name = "cobuild"
    collections = folds.COLLECTIONS
    folds = folds.FOLDS
    lifecycles = (lifecycles.UNIT, lifecycles.OFFERING, lifecycles.NEED, lifecycles.COMMITMENT, lifecycles.MEETING)
    tasks = TASKS

    @command(units.RegisterUnit, by=UNITS, shows=UNIT)
    def register_unit(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.units.register_unit(docs, command, asked)

    @command(units.OfUnit, by=STREET, shows=UNIT)
    def approve_unit(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.units.approve_unit(docs, command, asked)

    @command(units.RejectUnit, by=STREET, shows=UNIT)
    def reject_unit(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.units.reject_unit(docs, command, asked)

    @command(units.AppealUnit, by=UNITS, shows=UNIT)
    def appeal_unit(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.units.appeal_unit(docs, command, asked)

    @command(units.DecideUnitAppeal, by=STREET, shows=UNIT)
    def decide_unit_appeal(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.units.decide_appeal(docs, command, asked)

    @command(units.WithdrawUnitApproval, by=STREET, shows=UNIT, rests_on=("activities",))
    def withdraw_unit_approval(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.ending.withdraw_approval(docs, command, asked)

    @command(units.SuspendUnit, by=STREET, shows=UNIT)
    def suspend_unit(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.ending.suspend(docs, command, asked)

    @command(units.OfUnit, by=STREET, shows=UNIT)
    def reinstate_unit(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.ending.reinstate(docs, command, asked)

    @command(units.EndUnit, by=STREET, shows=UNIT)
    def end_unit(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.ending.end(docs, command, asked)

    @due("commitments", {}, by="gives_back_at")
    def give_back_commitment(self, docs: Overlay, doc: Json, asked: Asked) -> Fact | None:
        return rules.ending.give_back(docs, doc, asked)

    @due("offerings", {}, by="retires_at")
    def retire_offering_of_ended(self, docs: Overlay, doc: Json, asked: Asked) -> Fact:
        return rules.ending.retire_of_ended(docs, doc, asked)

    @command(units.UpdateUnit, by=UNITS, shows=UNIT)
    def update_unit(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.units.update_unit(docs, command, asked)

    @command(offerings.PublishOffering, by=UNITS, shows=OFFERING)
    def publish_offering(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.offerings.publish_offering(docs, command, asked)

    @command(offerings.ReviseOffering, by=UNITS, shows=OFFERING)
    def revise_offering(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.offerings.revise_offering(docs, command, asked)

    @command(offerings.PauseOffering, by=UNITS, shows=OFFERING)
    def pause_offering(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.offerings.pause_offering(docs, command, asked)

    @command(offerings.OfOffering, by=UNITS, shows=OFFERING)
    def resume_offering(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.offerings.resume_offering(docs, command, asked)

    @command(offerings.OfOffering, by=UNITS, shows=OFFERING)
    def retire_offering(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.offerings.retire_offering(docs, command, asked)

    @command(needs.RaiseNeed, by=RAISERS, shows=NEED)
    def raise_need(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.needs.raise_need(docs, command, asked)

    @command(needs.VerifyNeed, by=HANDLERS, shows=NEED)
    def verify_need(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.needs.verify_need(docs, command, asked)

    @command(needs.RejectNeed, by=HANDLERS, shows=NEED)
    def reject_need(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.needs.reject_need(docs, command, asked)

    @command(needs.AppealNeed, by=RAISERS, shows=NEED)
    def appeal_need(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.needs.appeal_need(docs, command, asked)

    @command(needs.DecideNeedAppeal, by=HANDLERS, shows=NEED)
    def decide_need_appeal(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.needs.decide_appeal(docs, command, asked)

    @command(needs.AskResident, by=HANDLERS, shows=NEED)
    def ask_resident(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.needs.ask_resident(docs, command, asked)

    @command(needs.AnswerNeed, by=RAISERS, shows=NEED)
    def answer_need(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.needs.answer_need(docs, command, asked)

    @command(needs.ConfirmNeed, by=RAISERS, shows=NEED)
    def confirm_need(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.needs.confirm_need(docs, command, asked)

    @command(needs.RateNeed, by=RAISERS, shows=NEED)
    def rate_need(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.needs.rate_need(docs, command, asked)

    @command(needs.DisputeNeed, by=RAISERS, shows=NEED)
    def dispute_need(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.needs.dispute_need(docs, command, asked)

    @command(needs.SendBackNeed, by=HANDLERS, shows=NEED)
    def send_back_need(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.needs.send_back_need(docs, command, asked)

    @command(needs.SettleNeed, by=HANDLERS, shows=NEED)
    def settle_need(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.needs.settle_need(docs, command, asked)

    @command(needs.ReopenNeed, by=RAISERS, shows=NEED)
    def reopen_need(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.needs.reopen_need(docs, command, asked)

    @command(needs.WithdrawNeed, by=RAISERS, shows=NEED)
    def withdraw_need(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.needs.withdraw_need(docs, command, asked)

    @command(needs.OfNeed, by=(*RAISERS, "unit_liaison"), shows=NEED)
    def delete_need_words(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.words.delete_words(docs, command, asked)

    @command(commitments.ClaimNeed, by=UNITS, shows=COMMITMENT)
    def claim_need(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.commitments.claim_need(docs, command, asked)

    @command(commitments.DispatchNeed, by=HANDLERS, shows=COMMITMENT)
    def dispatch_need(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.commitments.dispatch_need(docs, command, asked)

    @command(commitments.UndertakeResolution, by=STREET, shows=COMMITMENT)
    def undertake_resolution(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.commitments.undertake_resolution(docs, command, asked)

    @command(commitments.OfOneCommitment, by=UNITS, shows=COMMITMENT)
    def begin_commitment(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.commitments.begin_commitment(docs, command, asked)

    @command(commitments.DeclineCommitment, by=UNITS, shows=COMMITMENT)
    def decline_commitment(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.commitments.decline_commitment(docs, command, asked)

    @command(commitments.PostponeCommitment, by=UNITS, shows=COMMITMENT)
    def postpone_commitment(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.commitments.postpone_commitment(docs, command, asked)

    @command(commitments.FulfilCommitment, by=UNITS, shows=COMMITMENT)
    def fulfil_commitment(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.commitments.fulfil_commitment(docs, command, asked)

    @command(commitments.GiveUpCommitment, by=UNITS, shows=COMMITMENT)
    def give_up_commitment(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.commitments.give_up_commitment(docs, command, asked)

    @command(talks.SayOnCommitment, by=TALKERS, shows=COMMITMENT)
    def say_on_commitment(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.talks.say(docs, command, asked)

    @command(talks.DeleteMessage, by=TALKERS, shows=COMMITMENT)
    def delete_commitment_message(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.talks.delete_message(docs, command, asked)

    @command(talks.ProposeTime, by=TALKERS, shows=COMMITMENT)
    def propose_time(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.talks.propose_time(docs, command, asked)

    @command(talks.AgreeTime, by=TALKERS, shows=COMMITMENT)
    def agree_time(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.talks.agree_time(docs, command, asked)

    @command(suggestions.PassUpNeed, by=UNITS, shows=NEED)
    def pass_up_need(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.suggestions.pass_up(docs, command, asked)

    @due("needs", {"state": "verified"}, by="suggest_at")
    def suggest_need(self, docs: Overlay, doc: Json, asked: Asked) -> Fact | None:
        return rules.suggestions.suggest(docs, doc, asked)

    @command(meetings.CallMeeting, by=STREET, shows=MEETING)
    def call_meeting(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.meetings.call_meeting(docs, command, asked)

    @command(meetings.CancelMeeting, by=CHAIRS, shows=MEETING)
    def cancel_meeting(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.meetings.cancel_meeting(docs, command, asked)

    @command(meetings.RecordAttendance, by=CHAIRS, shows=MEETING)
    def record_attendance(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.meetings.record_attendance(docs, command, asked)

    @command(meetings.RecordMinutes, by=CHAIRS, shows=MEETING)
    def record_minutes(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.meetings.record_minutes(docs, command, asked)

    @command(meetings.PassResolution, by=CHAIRS, shows=MEETING)
    def pass_resolution(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.meetings.pass_resolution(docs, command, asked)

    @command(meetings.OfMeeting, by=CHAIRS, shows=MEETING)
    def conclude_meeting(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.meetings.conclude_meeting(docs, command, asked)

    @follows("activities", "offering_requested.v1")
    def reserve(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        return rules.bookings.reserve(docs, event)

    @follows("activities", "activity_cancelled.v1")
    def release_all(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        return rules.bookings.release_all(docs, event)

    @follows("activities", "activity_cancelled.v2")
    def release_whole(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        return rules.bookings.release_all(docs, event)

    @follows("activities", "sessions_cancelled.v1")
    def release_some(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        return rules.bookings.release_sessions(docs, event)

    @follows("activities", "offering_request_withdrawn.v1")
    def release_one(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        return rules.bookings.release_one(docs, event)

    @follows("partners", "partner_suspended.v1")
    def halt_unit(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        return rules.units.halt(docs, event)

    @follows("partners", "partner_reinstated.v1")
    def free_unit(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        return rules.units.free(docs, event)

    @follows("partners", "partner_withdrawn.v1")
    def free_unit_of_withdrawn(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        return rules.units.free(docs, event)

    @due("watches", {"state": "watched"}, by="check_at")
    def review_offering(self, docs: Overlay, doc: Json, asked: Asked) -> Fact | None:
        return rules.offerings.review_offering(docs, docs.the("offerings", doc["id"]), asked)

    @due("commitments", {"state": "held"}, by="lease_until")
    def lapse_commitment(self, docs: Overlay, doc: Json, asked: Asked) -> Fact | None:
        return rules.commitments.lapse(docs, doc, asked)

    @due("commitments", {"deadline": "ahead"}, by="due_at")
    def note_commitment_overdue(self, docs: Overlay, doc: Json, asked: Asked) -> Fact:
        return rules.commitments.note_overdue(docs, doc, asked)

    @due("needs", {"claim_clock": "running"}, by="claim_by")
    def note_unclaimed(self, docs: Overlay, doc: Json, asked: Asked) -> Fact:
        return rules.needs.note_overdue("claim", doc)

    @due("needs", {"close_clock": "running"}, by="close_by")
    def note_unfinished(self, docs: Overlay, doc: Json, asked: Asked) -> Fact:
        return rules.needs.note_overdue("close", doc)

    @due("needs", {"state": "confirmed"}, by="close_at")
    def close_confirmed(self, docs: Overlay, doc: Json, asked: Asked) -> Fact | None:
        return rules.needs.close_confirmed(docs, doc, asked)

    @query(units.OfUnit, by=READERS)
    def get_unit(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.offerings.get_unit(views, question, asked)

    @query(units.ListUnits, by=READERS)
    def list_units(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.offerings.list_units(views, question, asked)

    @query(offerings.OfOffering)
    def get_offering(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.offerings.get_offering(views, question, asked)

    @query(offerings.ListOfferings)
    def list_offerings(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.offerings.list_offerings(views, question, asked)

    @query(offerings.ListOccurrences)
    def list_occurrences(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.offerings.list_occurrences(views, question, asked)

    @query(needs.OfNeed, by=READERS)
    def get_need(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.needs.get_need(views, question, asked)

    @query(needs.ListNeeds, by=READERS)
    def list_needs(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.needs.list_needs(views, question, asked)

    @query(needs.MyNeeds, by=READERS)
    def my_needs(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.needs.my_needs(views, question, asked)

    @query(commitments.OfOneCommitment, by=READERS)
    def get_commitment(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.needs.get_commitment(views, question, asked)

    @query(commitments.ListCommitments, by=READERS)
    def list_commitments(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.needs.list_commitments(views, question, asked)

    @query(commitments.ListPromises, by=READERS)
    def list_promises(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.needs.list_promises(views, question, asked)

    @query(talks.ListMessages, by=TALKERS)
    def commitment_messages(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.talks.list_messages(views, question, asked)

    @query(matching.MatchesOfNeed, by=(*UNITS, "community_worker"))
    def matches_of_need(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.needs.matches_of_need(views, question, asked)

    @query(matching.MatchesOfOffering, by=(*UNITS, "community_worker"))
    def matches_of_offering(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.needs.matches_of_offering(views, question, asked)

    @query(meetings.OfMeeting, by=READERS)
    def get_meeting(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.meetings.get_meeting(views, question, asked)

    @query(meetings.ListMeetings, by=READERS)
    def list_meetings(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.meetings.list_meetings(views, question, asked)

    @query(meetings.ListAttendance, by=READERS)
    def list_attendance(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.meetings.list_attendance(views, question, asked)

    @query(meetings.NextChair, by=READERS)
    def next_chair(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.meetings.get_next_chair(views, question, asked)

    @query(matching.AskWeights)
    def matching_weights(self, views: Views, question: Json, asked: Asked) -> Json:
        return {"items": matches.weights()}
