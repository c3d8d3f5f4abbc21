"""The activities service: what it answers to, nothing else."""

from schemas.activities.campaigns import DeclareCampaign, ListCampaigns
from schemas.activities.contents import OfActivity, OfSession
from schemas.activities.messages import (
    DeleteHostMessage,
    ListHostMessages,
    TellSignedUp,
)
from schemas.activities.offerings import OfOffering
from schemas.activities.postings import (
    CancelActivity,
    ChangeActivity,
    DraftActivity,
    ListActivities,
    RequireReview,
    ReturnActivity,
    ReviseActivity,
)
from schemas.activities.ratings import ListRatings
from schemas.activities.sessions import (
    CancelSessions,
    CloseSession,
    ListSessions,
    ReportViewers,
)
from schemas.activities.signups import (
    AddToParty,
    CancelSignup,
    DeclineSignup,
    JoinParty,
    LeaveParty,
    ListSignups,
    MySignups,
    OfSignup,
    PassOn,
    Roster,
    SignUp,
)
from schemas.activities.templates import (
    CopyActivity,
    DraftFromTemplate,
    ListTemplates,
    OfTemplate,
    SaveTemplate,
)
from services.activities import folds
from services.activities.attending import AT_THE_DOOR, PEOPLE, SEAT, Attending
from services.activities.model import lifecycles
from services.activities.rules import (
    campaigns,
    changes,
    messages,
    offerings,
    online,
    parties,
    places,
    postings,
    sessions,
    signups,
    templates,
)
from services.activities.rules.authority import KEEPERS
from services.activities.subscribing import Subscribing
from services.activities.views import activities as answers
from services.activities.views import lists, shown
from services.activities.views import messages as messages_told
from services.activities.waiting import TASKS
from services.district.authority import STREET
from services.district.waiting import Waits, asks_waiting, counts_waiting
from services.kit.config import Settings
from services.kit.entrypoints import Service, command, due, follows, query

ACTIVITY = ("activities", "activity")
TEMPLATE = ("templates", "template")
SIGNUP = ("signups", "signup")
HOST_MESSAGE = ("host_messages", "note")


class Activities(Attending, Subscribing, Waits, Service):
    name = "activities"
    collections = folds.COLLECTIONS
    folds = folds.FOLDS
    erases_for = "people"
    lifecycles = (
        lifecycles.ACTIVITY,
        lifecycles.SESSION,
        lifecycles.SIGNUP,
        lifecycles.TEMPLATE,
        lifecycles.CONTEST,
        lifecycles.CERTIFICATE,
        lifecycles.COMMENDATION,
        lifecycles.CALENDAR,
    )
    tasks = TASKS

    waiting = asks_waiting(TASKS)
    count_waiting = counts_waiting(TASKS)

    draft_activity = command(DraftActivity, postings.draft, by=KEEPERS, shows=ACTIVITY)
    revise_activity = command(
        ReviseActivity, postings.revise, by=KEEPERS, shows=ACTIVITY
    )
    submit_activity = command(OfActivity, postings.submit, by=KEEPERS, shows=ACTIVITY)
    return_activity = command(
        ReturnActivity, postings.send_back, by=STREET, shows=ACTIVITY
    )
    publish_activity = command(
        OfActivity, postings.publish, by=(*KEEPERS, *STREET), shows=ACTIVITY
    )
    open_activity = command(
        OfActivity, postings.open_signups, by=KEEPERS, shows=ACTIVITY
    )
    start_activity = command(OfSession, sessions.start, by=KEEPERS, shows=ACTIVITY)
    begin_session = due("sessions", {}, sessions.begin, by="begins_at")
    close_activity = command(CloseSession, sessions.close, by=KEEPERS, shows=ACTIVITY)
    change_activity = command(
        ChangeActivity, changes.change, by=KEEPERS, shows=ACTIVITY
    )
    cancel_sessions = command(
        CancelSessions, sessions.cancel_sessions, by=(*KEEPERS, *STREET), shows=ACTIVITY
    )
    report_viewers = command(
        ReportViewers, online.report_viewers, by=KEEPERS, shows=ACTIVITY
    )
    tell_signed_up = command(
        TellSignedUp, messages.tell_signed_up, by=KEEPERS, shows=HOST_MESSAGE
    )
    delete_host_message = command(
        DeleteHostMessage, messages.delete_message, by=KEEPERS, shows=HOST_MESSAGE
    )
    cancel_activity = command(
        CancelActivity, postings.cancel, by=(*KEEPERS, *STREET), shows=ACTIVITY
    )
    archive_activity = command(OfActivity, postings.archive, by=KEEPERS, shows=ACTIVITY)
    copy_activity = command(
        CopyActivity, templates.copy_activity, by=KEEPERS, shows=ACTIVITY
    )
    save_template = command(
        SaveTemplate, templates.save_template, by=(*KEEPERS, *STREET), shows=TEMPLATE
    )
    withdraw_template = command(
        OfTemplate, templates.withdraw_template, by=(*KEEPERS, *STREET), shows=TEMPLATE
    )
    draft_from_template = command(
        DraftFromTemplate, templates.draft_from_template, by=KEEPERS, shows=ACTIVITY
    )
    declare_campaign = command(
        DeclareCampaign, campaigns.declare, by=STREET, shows=("campaigns", "campaign")
    )
    require_review = command(
        RequireReview, postings.require_review, by=STREET, shows=("reviews", "street")
    )
    request_offering = command(
        OfOffering, offerings.request_offering, by=KEEPERS, shows=ACTIVITY
    )
    withdraw_offering_request = command(
        OfOffering, offerings.withdraw_offering_request, by=KEEPERS, shows=ACTIVITY
    )
    note_reserved = follows("cobuild", "offering_reserved.v1", offerings.note_reserved)
    note_declined = follows("cobuild", "offering_declined.v1", offerings.note_declined)
    sign_up = command(SignUp, signups.sign_up, by=PEOPLE, shows=SIGNUP)
    cancel_signup = command(
        CancelSignup, signups.cancel_signup, by=("resident", *KEEPERS), shows=SIGNUP
    )
    approve_signup = command(OfSignup, signups.approve_signup, by=KEEPERS, shows=SIGNUP)
    decline_signup = command(
        DeclineSignup, signups.decline_signup, by=KEEPERS, shows=SIGNUP
    )
    accept_offer = command(OfSignup, signups.accept_offer, by=PEOPLE, shows=SIGNUP)
    pass_on = command(PassOn, parties.pass_on, by=PEOPLE, shows=SIGNUP)
    add_to_party = command(AddToParty, parties.add, by=PEOPLE, shows=SIGNUP)
    join_party = command(JoinParty, parties.join, by=PEOPLE, shows=SEAT)
    leave_party = command(LeaveParty, parties.leave, by=AT_THE_DOOR, shows=SEAT)
    settle = due("seatings", {}, places.settle, by="settle_at")
    let_offer_lapse = due("signups", {}, signups.let_offer_lapse, by="answer_by")
    get_activity = query(OfActivity, shown.get_activity)
    list_activities = query(ListActivities, shown.list_activities)
    list_sessions = query(ListSessions, shown.list_sessions)
    list_templates = query(ListTemplates, lists.templates, by=(*KEEPERS, *STREET))
    list_campaigns = query(ListCampaigns, lists.campaigns)
    get_session = query(OfSession, shown.get_session)
    close_report = query(OfSession, answers.close_report, by=KEEPERS)
    list_signups = query(ListSignups, answers.list_signups, by=KEEPERS)
    roster = query(Roster, answers.roster, by=KEEPERS)
    list_ratings = query(ListRatings, answers.list_ratings, by=KEEPERS)
    host_messages = query(ListHostMessages, messages_told.host_messages, by=AT_THE_DOOR)
    door_code = query(OfSession, answers.door_code, by=KEEPERS, given=Settings.door_key)
    get_signup = query(OfSignup, answers.get_signup, by=AT_THE_DOOR)
    my_signups = query(MySignups, answers.my_signups, by=PEOPLE)
