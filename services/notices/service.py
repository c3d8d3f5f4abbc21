"""The notices service: what it answers to, nothing else."""

from schemas.notices.choices import ChooseNotices, GiveAddress, OfChannel
from schemas.notices.deliveries import (
    BeginDelivery,
    ListDeliveries,
    OfMessage,
    ReportDelivery,
    ResendDelivery,
)
from schemas.notices.inbox import MyNotices, Nothing, ReadNotice, ReadNotices
from schemas.token import ROLES
from services.kit.channels import Channels
from services.kit.config import Settings
from services.kit.entrypoints import command, due, follows, query
from services.kit.service import Service
from services.notices import folds
from services.notices.model import lifecycles
from services.notices.model.addressees import READERS
from services.notices.rules import choices, deliveries, inbox, news, planning, reminders
from services.notices.views import choices as chosen
from services.notices.views import deliveries as delivered
from services.notices.views import inbox as received

CHOICES = ("choices", "person")
MESSAGE = ("messages", "message")
# No token has this role: only the platform's own process asks these.
DELIVERER = ("system",)


def channels_of(settings: Settings) -> Channels:
    return settings.channels


class Notices(Service):
    name = "notices"
    collections = folds.COLLECTIONS
    folds = folds.FOLDS
    erases_for = "people"
    sealed_in = "people"
    lifecycles = (lifecycles.DELIVERY,)

    read_notice = command(
        ReadNotice, inbox.read_notice, by=ROLES, shows=("marks", "person", "notice")
    )
    read_notices = command(
        ReadNotices, inbox.read_notices, by=ROLES, shows=("readers", "person")
    )
    choose_notices = command(
        ChooseNotices, choices.choose, by=ROLES, shows=CHOICES, given=channels_of
    )
    give_address = command(
        GiveAddress, choices.give_address, by=ROLES, shows=CHOICES, given=channels_of
    )
    forget_address = command(OfChannel, choices.forget_address, by=ROLES, shows=CHOICES)
    plan_deliveries = command(
        Nothing, planning.plan, by=DELIVERER, shows=(), given=channels_of
    )
    begin_delivery = command(
        BeginDelivery, deliveries.begin, by=DELIVERER, shows=MESSAGE
    )
    report_delivery = command(
        ReportDelivery, deliveries.report, by=DELIVERER, shows=MESSAGE
    )
    resend_delivery = command(
        ResendDelivery,
        deliveries.resend,
        by=["district_admin"],
        shows=("resends", "delivery"),
    )
    lose_delivery = due("messages", {"state": "begun"}, deliveries.lose, by="until")
    open_changed = follows("activities", "activity_changed.v1", news.open_changed)
    open_cancelled_one = follows(
        "activities", "activity_cancelled.v1", news.open_cancelled
    )
    open_cancelled_activity = follows(
        "activities", "activity_cancelled.v2", news.open_cancelled
    )
    open_cancelled = follows("activities", "sessions_cancelled.v1", news.open_cancelled)
    open_message = follows("activities", "signed_up_told.v1", news.open_message)
    begin_reminders = follows("activities", "activity_opened.v1", reminders.begin)
    ring = due("rounds", {}, reminders.ring, by="ring_at")
    carry = due("news", {}, news.carry, by="carry_at")
    my_notices = query(MyNotices, received.my_notices, by=ROLES)
    unread = query(Nothing, received.unread, by=ROLES)
    my_choices = query(Nothing, chosen.my_choices, by=ROLES, given=channels_of)
    list_deliveries = query(ListDeliveries, delivered.list_deliveries, by=READERS)
    read_message = query(
        OfMessage, delivered.read_message, by=DELIVERER, given=channels_of
    )
