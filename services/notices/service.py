"""The notices service: what it answers to, nothing else."""

from schemas.documents import Json
from schemas.notices.choices import ChooseNotices, GiveAddress, OfChannel
from schemas.notices.deliveries import BeginDelivery, ListDeliveries, OfMessage, ReportDelivery, ResendDelivery
from schemas.notices.inbox import MyNotices, Nothing, ReadNotice, ReadNotices
from services.kit.config import Settings
from services.kit.entrypoints import Asked, Service, command, due, follows, query
from services.kit.log import Event, Fact
from services.kit.views import Overlay, Views
from services.notices import folds, lifecycles
from services.notices import views as answers
from services.notices.addressees import READERS
from services.notices.rules import choices, deliveries, inbox, news, planning, reminders

CHOICES = ("choices", "person")
MESSAGE = ("messages", "message")
DELIVERER = ("system",)  # No token has this role: only the platform's own process asks these.


class Notices(Service):
    name = "notices"
    collections = folds.COLLECTIONS
    folds = folds.FOLDS
    lifecycles = (lifecycles.DELIVERY,)

    def __init__(self, settings: Settings):
        self._channels = settings.channels

    @command(ReadNotice, by=READERS, shows=("marks", "person", "notice"))
    def read_notice(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return inbox.read_notice(docs, command, asked)

    @command(ReadNotices, by=READERS, shows=("readers", "person"))
    def read_notices(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return inbox.read_notices(docs, command, asked)

    @command(ChooseNotices, by=READERS, shows=CHOICES)
    def choose_notices(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return choices.choose(docs, command, asked, self._channels)

    @command(GiveAddress, by=READERS, shows=CHOICES)
    def give_address(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return choices.give_address(docs, command, asked, self._channels)

    @command(OfChannel, by=READERS, shows=CHOICES)
    def forget_address(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return choices.forget_address(docs, command, asked)

    @command(Nothing, by=DELIVERER, shows=())
    def plan_deliveries(self, docs: Overlay, command: Json, asked: Asked) -> Fact | None:
        return planning.plan(docs, asked, self._channels)

    @command(BeginDelivery, by=DELIVERER, shows=MESSAGE)
    def begin_delivery(self, docs: Overlay, command: Json, asked: Asked) -> Fact | None:
        return deliveries.begin(docs, command, asked)

    @command(ReportDelivery, by=DELIVERER, shows=MESSAGE)
    def report_delivery(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return deliveries.report(docs, command, asked)

    @command(ResendDelivery, by=["district_admin"], shows=("resends", "delivery"))
    def resend_delivery(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return deliveries.resend(docs, command, asked)

    @due("messages", {"state": "begun"}, by="until")
    def lose_delivery(self, docs: Overlay, message: Json, asked: Asked) -> Fact:
        return deliveries.lose(docs, message)

    @follows("activities", "activity_changed.v1")
    def open_changed(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        return news.open_changed(docs, event)

    @follows("activities", "activity_cancelled.v1")
    def open_cancelled_one(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        return news.open_cancelled(docs, event)

    @follows("activities", "activity_cancelled.v2")
    def open_cancelled_activity(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        return news.open_cancelled(docs, event)

    @follows("activities", "sessions_cancelled.v1")
    def open_cancelled(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        return news.open_cancelled(docs, event)

    @follows("activities", "signed_up_told.v1")
    def open_message(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        return news.open_message(docs, event)

    @follows("activities", "activity_opened.v1")
    def begin_reminders(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        return reminders.begin(docs, asked)

    @due("rounds", {}, by="ring_at")
    def ring(self, docs: Overlay, round: Json, asked: Asked) -> Fact:
        return reminders.ring(docs, round, asked)

    @due("news", {}, by="carry_at")
    def carry(self, docs: Overlay, news_doc: Json, asked: Asked) -> Fact:
        return news.carry(docs, news_doc, asked)

    @query(MyNotices, by=READERS)
    def my_notices(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.my_notices(views, question, asked)

    @query(Nothing, by=READERS)
    def unread(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.unread(views, asked)

    @query(Nothing, by=READERS)
    def my_choices(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.my_choices(views, asked, self._channels)

    @query(ListDeliveries, by=READERS)
    def list_deliveries(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.list_deliveries(views, question, asked)

    @query(OfMessage, by=DELIVERER)
    def read_message(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.read_message(views, question, asked, self._channels)
