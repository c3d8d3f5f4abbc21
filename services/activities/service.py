"""The activities service: what it answers to, nothing else."""

from schemas import activities as schemas
from services.activities import folds
from services.activities import views as answers
from services.activities.rules import door, lifecycle, resources, signups
from services.activities.rules.authority import KEEPERS
from services.kit.authority import STREET
from services.kit.config import Settings
from services.kit.entrypoints import Asked, Service, command, follows, query
from services.kit.log import Data, Event, Fact
from services.kit.views import Doc, Overlay, Views

ACTIVITY = ("activities", "activity")
SIGNUP = ("signups", "signup")
SEAT = ("seats", "session", "person")
PEOPLE = ("resident", "community_worker")
AT_THE_DOOR = ("resident", *KEEPERS)


class Activities(Service):
    name = "activities"
    collections = folds.COLLECTIONS
    folds = folds.FOLDS
    lifecycles = (lifecycle.ACTIVITY,)

    def __init__(self, settings: Settings):
        self._door_key = settings.door_key()

    @command(schemas.DraftActivity, by=KEEPERS, shows=ACTIVITY)
    def draft_activity(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return lifecycle.draft(docs, command, asked)

    @command(schemas.ReviseActivity, by=KEEPERS, shows=ACTIVITY)
    def revise_activity(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return lifecycle.revise(docs, command, asked)

    @command(schemas.OfActivity, by=KEEPERS, shows=ACTIVITY)
    def submit_activity(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return lifecycle.submit(docs, command, asked)

    @command(schemas.ReturnActivity, by=STREET, shows=ACTIVITY)
    def return_activity(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return lifecycle.send_back(docs, command, asked)

    @command(schemas.OfActivity, by=(*KEEPERS, *STREET), shows=ACTIVITY)
    def publish_activity(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return lifecycle.publish(docs, command, asked)

    @command(schemas.OfActivity, by=KEEPERS, shows=ACTIVITY)
    def open_activity(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return lifecycle.open_signups(docs, command, asked)

    @command(schemas.OfActivity, by=KEEPERS, shows=ACTIVITY)
    def start_activity(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return lifecycle.start(docs, command, asked)

    @command(schemas.CloseActivity, by=KEEPERS, shows=ACTIVITY)
    def close_activity(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return lifecycle.close(docs, command, asked)

    @command(schemas.CancelActivity, by=(*KEEPERS, *STREET), shows=ACTIVITY)
    def cancel_activity(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return lifecycle.cancel(docs, command, asked)

    @command(schemas.OfActivity, by=KEEPERS, shows=ACTIVITY)
    def archive_activity(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return lifecycle.archive(docs, command, asked)

    @command(schemas.RequireReview, by=STREET, shows=("reviews", "street"))
    def require_review(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return lifecycle.require_review(docs, command, asked)

    @command(schemas.OfOffering, by=KEEPERS, shows=ACTIVITY)
    def request_offering(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return resources.request_offering(docs, command, asked)

    @command(schemas.OfOffering, by=KEEPERS, shows=ACTIVITY)
    def withdraw_offering_request(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return resources.withdraw_offering_request(docs, command, asked)

    @follows("cobuild", "offering_reserved.v1")
    def note_reserved(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        return resources.note_reserved(docs, event, asked)

    @follows("cobuild", "offering_declined.v1")
    def note_declined(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        return resources.note_declined(docs, event, asked)

    @command(schemas.SignUp, by=PEOPLE, shows=SIGNUP)
    def sign_up(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return signups.sign_up(docs, command, asked)

    @command(schemas.OfSignup, by=("resident", *KEEPERS), shows=SIGNUP)
    def cancel_signup(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return signups.cancel_signup(docs, command, asked)

    @command(schemas.CheckIn, by=AT_THE_DOOR, shows=SEAT)
    def check_in(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return door.check_in(docs, command, asked, self._door_key)

    @command(schemas.CheckOut, by=AT_THE_DOOR, shows=SEAT)
    def check_out(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return door.check_out(docs, command, asked, self._door_key)

    @command(schemas.Rate, by=("resident",), shows=SEAT)
    def rate(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return door.rate(docs, command, asked)

    @query(schemas.OfActivity)
    def get_activity(self, views: Views, question: Data, asked: Asked) -> Doc:
        return answers.get_activity(views, question, asked)

    @query(schemas.ListActivities)
    def list_activities(self, views: Views, question: Data, asked: Asked) -> Data:
        return answers.list_activities(views, question, asked)

    @query(schemas.ListOfActivity, by=KEEPERS)
    def list_signups(self, views: Views, question: Data, asked: Asked) -> Data:
        return answers.list_signups(views, question, asked)

    @query(schemas.ListOfActivity, by=KEEPERS)
    def roster(self, views: Views, question: Data, asked: Asked) -> Data:
        return answers.roster(views, question, asked)

    @query(schemas.OfActivity, by=KEEPERS)
    def door_code(self, views: Views, question: Data, asked: Asked) -> Data:
        return answers.door_code(views, question, asked, self._door_key)

    @query(schemas.OfSignup, by=AT_THE_DOOR)
    def get_signup(self, views: Views, question: Data, asked: Asked) -> Doc:
        return answers.get_signup(views, question, asked)

    @query(schemas.MySignups, by=PEOPLE)
    def my_signups(self, views: Views, question: Data, asked: Asked) -> Data:
        return answers.my_signups(views, question, asked)
