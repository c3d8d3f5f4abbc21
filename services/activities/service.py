"""The activities service: what it answers to, nothing else."""

from schemas.activities.campaigns import DeclareCampaign, ListCampaigns
from schemas.activities.contents import OfActivity, OfSession
from schemas.activities.messages import DeleteHostMessage, ListHostMessages, TellSignedUp
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
from schemas.activities.sessions import CancelSessions, CloseSession, ListSessions, ReportViewers
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
from schemas.activities.templates import CopyActivity, DraftFromTemplate, ListTemplates, OfTemplate, SaveTemplate
from schemas.documents import Json
from services.activities import clocked, folds, lifecycles, lists
from services.activities import messages as messages_told
from services.activities import views as answers
from services.activities.attending import AT_THE_DOOR, PEOPLE, SEAT, Attending
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
from services.activities.waiting import TASKS
from services.district.authority import STREET
from services.district.waiting import Waits
from services.kit.config import Settings
from services.kit.entrypoints import Asked, Service, command, due, follows, query
from services.kit.log import Event, Fact
from services.kit.views import Overlay, Views

ACTIVITY = ("activities", "activity")
TEMPLATE = ("templates", "template")
SIGNUP = ("signups", "signup")
HOST_MESSAGE = ("host_messages", "note")


class Activities(Attending, Subscribing, Waits, Service):
    name = "activities"
    collections = folds.COLLECTIONS
    folds = folds.FOLDS
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

    def __init__(self, settings: Settings):
        self._door_key = settings.door_key()

    @command(DraftActivity, by=KEEPERS, shows=ACTIVITY)
    def draft_activity(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return postings.draft(docs, command, asked)

    @command(ReviseActivity, by=KEEPERS, shows=ACTIVITY)
    def revise_activity(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return postings.revise(docs, command, asked)

    @command(OfActivity, by=KEEPERS, shows=ACTIVITY)
    def submit_activity(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return postings.submit(docs, command, asked)

    @command(ReturnActivity, by=STREET, shows=ACTIVITY)
    def return_activity(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return postings.send_back(docs, command, asked)

    @command(OfActivity, by=(*KEEPERS, *STREET), shows=ACTIVITY)
    def publish_activity(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return postings.publish(docs, command, asked)

    @command(OfActivity, by=KEEPERS, shows=ACTIVITY)
    def open_activity(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return postings.open_signups(docs, command, asked)

    @command(OfSession, by=KEEPERS, shows=ACTIVITY)
    def start_activity(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return sessions.start(docs, command, asked)

    @due("sessions", {}, by="begins_at")
    def begin_session(self, docs: Overlay, session: Json, asked: Asked) -> Fact:
        return sessions.begin(docs, session, asked)

    @command(CloseSession, by=KEEPERS, shows=ACTIVITY)
    def close_activity(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return sessions.close(docs, command, asked)

    @command(ChangeActivity, by=KEEPERS, shows=ACTIVITY)
    def change_activity(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return changes.change(docs, command, asked)

    @command(CancelSessions, by=(*KEEPERS, *STREET), shows=ACTIVITY)
    def cancel_sessions(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return sessions.cancel_sessions(docs, command, asked)

    @command(ReportViewers, by=KEEPERS, shows=ACTIVITY)
    def report_viewers(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return online.report_viewers(docs, command, asked)

    @command(TellSignedUp, by=KEEPERS, shows=HOST_MESSAGE)
    def tell_signed_up(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return messages.tell_signed_up(docs, command, asked)

    @command(DeleteHostMessage, by=KEEPERS, shows=HOST_MESSAGE)
    def delete_host_message(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return messages.delete_message(docs, command, asked)

    @command(CancelActivity, by=(*KEEPERS, *STREET), shows=ACTIVITY)
    def cancel_activity(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return postings.cancel(docs, command, asked)

    @command(OfActivity, by=KEEPERS, shows=ACTIVITY)
    def archive_activity(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return postings.archive(docs, command, asked)

    @command(CopyActivity, by=KEEPERS, shows=ACTIVITY)
    def copy_activity(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return templates.copy_activity(docs, command, asked)

    @command(SaveTemplate, by=(*KEEPERS, *STREET), shows=TEMPLATE)
    def save_template(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return templates.save_template(docs, command, asked)

    @command(OfTemplate, by=(*KEEPERS, *STREET), shows=TEMPLATE)
    def withdraw_template(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return templates.withdraw_template(docs, command, asked)

    @command(DraftFromTemplate, by=KEEPERS, shows=ACTIVITY)
    def draft_from_template(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return templates.draft_from_template(docs, command, asked)

    @command(DeclareCampaign, by=STREET, shows=("campaigns", "campaign"))
    def declare_campaign(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return campaigns.declare(docs, command, asked)

    @command(RequireReview, by=STREET, shows=("reviews", "street"))
    def require_review(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return postings.require_review(docs, command, asked)

    @command(OfOffering, by=KEEPERS, shows=ACTIVITY)
    def request_offering(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return offerings.request_offering(docs, command, asked)

    @command(OfOffering, by=KEEPERS, shows=ACTIVITY)
    def withdraw_offering_request(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return offerings.withdraw_offering_request(docs, command, asked)

    @follows("cobuild", "offering_reserved.v1")
    def note_reserved(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        return offerings.note_reserved(docs, event, asked)

    @follows("cobuild", "offering_declined.v1")
    def note_declined(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        return offerings.note_declined(docs, event, asked)

    @command(SignUp, by=PEOPLE, shows=SIGNUP)
    def sign_up(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return signups.sign_up(docs, command, asked)

    @command(CancelSignup, by=("resident", *KEEPERS), shows=SIGNUP)
    def cancel_signup(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return signups.cancel_signup(docs, command, asked)

    @command(OfSignup, by=KEEPERS, shows=SIGNUP)
    def approve_signup(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return signups.approve_signup(docs, command, asked)

    @command(DeclineSignup, by=KEEPERS, shows=SIGNUP)
    def decline_signup(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return signups.decline_signup(docs, command, asked)

    @command(OfSignup, by=PEOPLE, shows=SIGNUP)
    def accept_offer(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return signups.accept_offer(docs, command, asked)

    @command(PassOn, by=PEOPLE, shows=SIGNUP)
    def pass_on(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return parties.pass_on(docs, command, asked)

    @command(AddToParty, by=PEOPLE, shows=SIGNUP)
    def add_to_party(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return parties.add(docs, command, asked)

    @command(JoinParty, by=PEOPLE, shows=SEAT)
    def join_party(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return parties.join(docs, command, asked)

    @command(LeaveParty, by=AT_THE_DOOR, shows=SEAT)
    def leave_party(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return parties.leave(docs, command, asked)

    @due("seatings", {}, by="settle_at")
    def settle(self, docs: Overlay, seating: Json, asked: Asked) -> Fact:
        return places.settle(docs, seating, asked)

    @due("signups", {}, by="answer_by")
    def let_offer_lapse(self, docs: Overlay, signup: Json, asked: Asked) -> Fact:
        return signups.let_offer_lapse(docs, signup, asked)

    @query(OfActivity)
    def get_activity(self, views: Views, question: Json, asked: Asked) -> Json:
        return clocked.activity(views, answers.get_activity(views, question, asked), asked)

    @query(ListActivities)
    def list_activities(self, views: Views, question: Json, asked: Asked) -> Json:
        return clocked.activities(views, answers.list_activities(views, question, asked), asked)

    @query(ListSessions)
    def list_sessions(self, views: Views, question: Json, asked: Asked) -> Json:
        return clocked.sessions(answers.list_sessions(views, question, asked), asked)

    @query(ListTemplates, by=(*KEEPERS, *STREET))
    def list_templates(self, views: Views, question: Json, asked: Asked) -> Json:
        return lists.templates(views, question, asked)

    @query(ListCampaigns)
    def list_campaigns(self, views: Views, question: Json, asked: Asked) -> Json:
        return lists.campaigns(views, question, asked)

    @query(OfSession)
    def get_session(self, views: Views, question: Json, asked: Asked) -> Json:
        return clocked.session(answers.get_session(views, question, asked), asked)

    @query(OfSession, by=KEEPERS)
    def close_report(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.close_report(views, question, asked)

    @query(ListSignups, by=KEEPERS)
    def list_signups(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.list_signups(views, question, asked)

    @query(Roster, by=KEEPERS)
    def roster(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.roster(views, question, asked)

    @query(ListRatings, by=KEEPERS)
    def list_ratings(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.list_ratings(views, question, asked)

    @query(ListHostMessages, by=AT_THE_DOOR)
    def host_messages(self, views: Views, question: Json, asked: Asked) -> Json:
        return messages_told.host_messages(views, question, asked)

    @query(OfSession, by=KEEPERS)
    def door_code(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.door_code(views, question, asked, self._door_key)

    @query(OfSignup, by=AT_THE_DOOR)
    def get_signup(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.get_signup(views, question, asked)

    @query(MySignups, by=PEOPLE)
    def my_signups(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.my_signups(views, question, asked)
