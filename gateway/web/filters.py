"""What templates call to say things in words, each by its own name."""

from gateway.figures import words as figures
from gateway.web import (
    activities,
    called,
    drawing,
    looks,
    parties,
    seat_code,
    signing_up,
    words,
)
from schemas import persons
from services.district import calendar

FILTERS = (
    words.by_day,
    words.on_each_day,
    words.seats_in_words,
    words.span_in_words,
    words.briefly,
    words.times_in_words,
    calendar.weekday,
    calendar.month_in_words,
    words.starts_in_words,
    words.moment_in_words,
    words.in_a_cell,
    words.until_in_words,
    words.date_in_words,
    words.born_in_words,
    figures.days,
    looks.look_of,
    persons.called,
    called.page_about,
    drawing.rows_of,
    drawing.ticked,
    activities.terms_in_words,
    parties.page_of_host,
    seat_code.qr,
    seat_code.spoken,
    signing_up.as_sent,
    signing_up.asked_of_each,
)
