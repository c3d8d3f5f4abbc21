"""What templates call to say things in words, each by its own name."""

from gateway.web import activities, called, drawing, parties, seat_code, words
from schemas import persons

FILTERS = (
    words.by_day,
    words.on_each_day,
    words.seats_in_words,
    words.span_in_words,
    words.briefly,
    words.times_in_words,
    words.weekday,
    words.starts_in_words,
    words.moment_in_words,
    words.until_in_words,
    words.date_in_words,
    words.look_of,
    persons.called,
    called.page_about,
    drawing.rows_of,
    drawing.ticked,
    activities.terms_in_words,
    parties.page_of_host,
    seat_code.qr,
    seat_code.spoken,
)
