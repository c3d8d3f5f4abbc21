"""The cobuild service: what it answers to, nothing else. It is as long as that is much."""

from schemas.cobuild import (
    commitments,
    matching,
    meetings,
    needs,
    offerings,
    suggestions,
    talks,
    units,
)
from services.cobuild import folds, rules
from services.cobuild import views as answers
from services.cobuild.model import lifecycles
from services.cobuild.waiting import TASKS
from services.district.authority import STREET
from services.district.waiting import Waits, asks_waiting, counts_waiting
from services.kit.entrypoints import Service, command, due, follows, query

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
READERS = (
    *UNITS,
    "resident",
    "community_worker",
    "partner_manager",
    "branch_secretary",
    "district_analyst",
)


class Cobuild(Waits, Service):
    name = "cobuild"
    collections = folds.COLLECTIONS
    folds = folds.FOLDS
    erases_for = "people"
    lifecycles = (
        lifecycles.UNIT,
        lifecycles.OFFERING,
        lifecycles.NEED,
        lifecycles.COMMITMENT,
        lifecycles.MEETING,
    )
    tasks = TASKS

    waiting = asks_waiting(TASKS)
    count_waiting = counts_waiting(TASKS)

    register_unit = command(
        units.RegisterUnit, rules.units.register_unit, by=UNITS, shows=UNIT
    )
    approve_unit = command(
        units.OfUnit, rules.units.approve_unit, by=STREET, shows=UNIT
    )
    reject_unit = command(
        units.RejectUnit, rules.units.reject_unit, by=STREET, shows=UNIT
    )
    appeal_unit = command(
        units.AppealUnit, rules.units.appeal_unit, by=UNITS, shows=UNIT
    )
    decide_unit_appeal = command(
        units.DecideUnitAppeal, rules.units.decide_appeal, by=STREET, shows=UNIT
    )
    withdraw_unit_approval = command(
        units.WithdrawUnitApproval,
        rules.ending.withdraw_approval,
        by=STREET,
        shows=UNIT,
        rests_on=("activities",),
    )
    suspend_unit = command(
        units.SuspendUnit, rules.ending.suspend, by=STREET, shows=UNIT
    )
    reinstate_unit = command(
        units.OfUnit, rules.ending.reinstate, by=STREET, shows=UNIT
    )
    end_unit = command(units.EndUnit, rules.ending.end, by=STREET, shows=UNIT)
    give_back_commitment = due(
        "commitments", {}, rules.ending.give_back, by="gives_back_at"
    )
    retire_offering_of_ended = due(
        "offerings", {}, rules.ending.retire_of_ended, by="retires_at"
    )
    update_unit = command(
        units.UpdateUnit, rules.units.update_unit, by=UNITS, shows=UNIT
    )
    publish_offering = command(
        offerings.PublishOffering,
        rules.offerings.publish_offering,
        by=UNITS,
        shows=OFFERING,
    )
    revise_offering = command(
        offerings.ReviseOffering,
        rules.offerings.revise_offering,
        by=UNITS,
        shows=OFFERING,
    )
    pause_offering = command(
        offerings.PauseOffering,
        rules.offerings.pause_offering,
        by=UNITS,
        shows=OFFERING,
    )
    resume_offering = command(
        offerings.OfOffering, rules.offerings.resume_offering, by=UNITS, shows=OFFERING
    )
    retire_offering = command(
        offerings.OfOffering, rules.offerings.retire_offering, by=UNITS, shows=OFFERING
    )
    raise_need = command(
        needs.RaiseNeed, rules.needs.raise_need, by=RAISERS, shows=NEED
    )
    verify_need = command(
        needs.VerifyNeed, rules.needs.verify_need, by=HANDLERS, shows=NEED
    )
    reject_need = command(
        needs.RejectNeed, rules.needs.reject_need, by=HANDLERS, shows=NEED
    )
    appeal_need = command(
        needs.AppealNeed, rules.needs.appeal_need, by=RAISERS, shows=NEED
    )
    decide_need_appeal = command(
        needs.DecideNeedAppeal, rules.needs.decide_appeal, by=HANDLERS, shows=NEED
    )
    ask_resident = command(
        needs.AskResident, rules.needs.ask_resident, by=HANDLERS, shows=NEED
    )
    answer_need = command(
        needs.AnswerNeed, rules.needs.answer_need, by=RAISERS, shows=NEED
    )
    confirm_need = command(
        needs.ConfirmNeed, rules.needs.confirm_need, by=RAISERS, shows=NEED
    )
    rate_need = command(needs.RateNeed, rules.needs.rate_need, by=RAISERS, shows=NEED)
    dispute_need = command(
        needs.DisputeNeed, rules.needs.dispute_need, by=RAISERS, shows=NEED
    )
    send_back_need = command(
        needs.SendBackNeed, rules.needs.send_back_need, by=HANDLERS, shows=NEED
    )
    settle_need = command(
        needs.SettleNeed, rules.needs.settle_need, by=HANDLERS, shows=NEED
    )
    reopen_need = command(
        needs.ReopenNeed, rules.needs.reopen_need, by=RAISERS, shows=NEED
    )
    withdraw_need = command(
        needs.WithdrawNeed, rules.needs.withdraw_need, by=RAISERS, shows=NEED
    )
    delete_need_words = command(
        needs.OfNeed,
        rules.words.delete_words,
        by=(*RAISERS, "unit_liaison"),
        shows=NEED,
    )
    claim_need = command(
        commitments.ClaimNeed, rules.commitments.claim_need, by=UNITS, shows=COMMITMENT
    )
    dispatch_need = command(
        commitments.DispatchNeed,
        rules.commitments.dispatch_need,
        by=HANDLERS,
        shows=COMMITMENT,
    )
    undertake_resolution = command(
        commitments.UndertakeResolution,
        rules.commitments.undertake_resolution,
        by=STREET,
        shows=COMMITMENT,
    )
    begin_commitment = command(
        commitments.OfOneCommitment,
        rules.commitments.begin_commitment,
        by=UNITS,
        shows=COMMITMENT,
    )
    decline_commitment = command(
        commitments.DeclineCommitment,
        rules.commitments.decline_commitment,
        by=UNITS,
        shows=COMMITMENT,
    )
    postpone_commitment = command(
        commitments.PostponeCommitment,
        rules.commitments.postpone_commitment,
        by=UNITS,
        shows=COMMITMENT,
    )
    fulfil_commitment = command(
        commitments.FulfilCommitment,
        rules.commitments.fulfil_commitment,
        by=UNITS,
        shows=COMMITMENT,
    )
    give_up_commitment = command(
        commitments.GiveUpCommitment,
        rules.commitments.give_up_commitment,
        by=UNITS,
        shows=COMMITMENT,
    )
    say_on_commitment = command(
        talks.SayOnCommitment, rules.talks.say, by=TALKERS, shows=COMMITMENT
    )
    delete_commitment_message = command(
        talks.DeleteMessage, rules.talks.delete_message, by=TALKERS, shows=COMMITMENT
    )
    propose_time = command(
        talks.ProposeTime, rules.talks.propose_time, by=TALKERS, shows=COMMITMENT
    )
    agree_time = command(
        talks.AgreeTime, rules.talks.agree_time, by=TALKERS, shows=COMMITMENT
    )
    pass_up_need = command(
        suggestions.PassUpNeed, rules.suggestions.pass_up, by=UNITS, shows=NEED
    )
    suggest_need = due(
        "needs", {"state": "verified"}, rules.suggestions.suggest, by="suggest_at"
    )
    call_meeting = command(
        meetings.CallMeeting, rules.meetings.call_meeting, by=STREET, shows=MEETING
    )
    cancel_meeting = command(
        meetings.CancelMeeting, rules.meetings.cancel_meeting, by=CHAIRS, shows=MEETING
    )
    record_attendance = command(
        meetings.RecordAttendance,
        rules.meetings.record_attendance,
        by=CHAIRS,
        shows=MEETING,
    )
    record_minutes = command(
        meetings.RecordMinutes, rules.meetings.record_minutes, by=CHAIRS, shows=MEETING
    )
    pass_resolution = command(
        meetings.PassResolution,
        rules.meetings.pass_resolution,
        by=CHAIRS,
        shows=MEETING,
    )
    conclude_meeting = command(
        meetings.OfMeeting, rules.meetings.conclude_meeting, by=CHAIRS, shows=MEETING
    )
    reserve = follows("activities", "offering_requested.v1", rules.bookings.reserve)
    release_all = follows(
        "activities", "activity_cancelled.v1", rules.bookings.release_all
    )
    release_whole = follows(
        "activities", "activity_cancelled.v2", rules.bookings.release_all
    )
    release_some = follows(
        "activities", "sessions_cancelled.v1", rules.bookings.release_sessions
    )
    release_one = follows(
        "activities", "offering_request_withdrawn.v1", rules.bookings.release_one
    )
    halt_unit = follows("partners", "partner_suspended.v1", rules.units.halt)
    free_unit = follows("partners", "partner_reinstated.v1", rules.units.free)
    free_unit_of_withdrawn = follows(
        "partners", "partner_withdrawn.v1", rules.units.free
    )
    review_offering = due(
        "watches", {"state": "watched"}, rules.offerings.review_watched, by="check_at"
    )
    lapse_commitment = due(
        "commitments", {"state": "held"}, rules.commitments.lapse, by="lease_until"
    )
    note_commitment_overdue = due(
        "commitments",
        {"deadline": "ahead"},
        rules.commitments.note_overdue,
        by="due_at",
    )
    note_unclaimed = due(
        "needs", {"claim_clock": "running"}, rules.needs.note_unclaimed, by="claim_by"
    )
    note_unfinished = due(
        "needs", {"close_clock": "running"}, rules.needs.note_unfinished, by="close_by"
    )
    close_confirmed = due(
        "needs", {"state": "confirmed"}, rules.needs.close_confirmed, by="close_at"
    )
    get_unit = query(units.OfUnit, answers.offerings.get_unit, by=READERS)
    list_units = query(units.ListUnits, answers.offerings.list_units, by=READERS)
    get_offering = query(offerings.OfOffering, answers.offerings.get_offering)
    list_offerings = query(offerings.ListOfferings, answers.offerings.list_offerings)
    list_occurrences = query(
        offerings.ListOccurrences, answers.offerings.list_occurrences
    )
    get_need = query(needs.OfNeed, answers.needs.get_need, by=READERS)
    list_needs = query(needs.ListNeeds, answers.needs.list_needs, by=READERS)
    my_needs = query(needs.MyNeeds, answers.needs.my_needs, by=READERS)
    get_commitment = query(
        commitments.OfOneCommitment, answers.needs.get_commitment, by=READERS
    )
    list_commitments = query(
        commitments.ListCommitments, answers.needs.list_commitments, by=READERS
    )
    list_promises = query(
        commitments.ListPromises, answers.needs.list_promises, by=READERS
    )
    commitment_messages = query(
        talks.ListMessages, answers.talks.list_messages, by=TALKERS
    )
    matches_of_need = query(
        matching.MatchesOfNeed,
        answers.needs.matches_of_need,
        by=(*UNITS, "community_worker"),
    )
    matches_of_offering = query(
        matching.MatchesOfOffering,
        answers.needs.matches_of_offering,
        by=(*UNITS, "community_worker"),
    )
    get_meeting = query(meetings.OfMeeting, answers.meetings.get_meeting, by=READERS)
    list_meetings = query(
        meetings.ListMeetings, answers.meetings.list_meetings, by=READERS
    )
    list_attendance = query(
        meetings.ListAttendance, answers.meetings.list_attendance, by=READERS
    )
    next_chair = query(meetings.NextChair, answers.meetings.get_next_chair, by=READERS)
    matching_weights = query(matching.AskWeights, answers.needs.matching_weights)
