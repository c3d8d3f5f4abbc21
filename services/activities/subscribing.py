"""What the activities service answers to about calendars."""

from schemas.activities.calendars import OfMyCalendar, ShowCalendar, ShowPersonalCalendar
from schemas.documents import Json
from services.activities import calendars as answers
from services.activities.attending import PEOPLE
from services.activities.rules import calendars
from services.kit.entrypoints import Asked, command, query
from services.kit.log import Fact
from services.kit.views import Overlay, Views

CALENDAR = ("calendars", "person")


class Subscribing:
    """The part of the service that makes addresses of its key."""

    _door_key: bytes

    @command(OfMyCalendar, by=PEOPLE, shows=CALENDAR)
    def issue_calendar(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return calendars.issue(docs, asked, self._door_key)

    @command(OfMyCalendar, by=PEOPLE, shows=CALENDAR)
    def revoke_calendar(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return calendars.revoke(docs, asked)

    @query(OfMyCalendar, by=PEOPLE)
    def my_calendar(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.my_calendar(views, asked, self._door_key)

    @query(ShowCalendar)
    def get_calendar(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.get_calendar(views, question, asked)

    @query(ShowPersonalCalendar)
    def personal_calendar(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.personal_calendar(views, question, asked, self._door_key)
