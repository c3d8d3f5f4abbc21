"""At the door: check-in and check-out, and what people thought of it."""

from schemas.activities import contents, ratings, signups
from schemas.activities import door as asks
from schemas.activities.seat_codes import DoorList
from services.activities.rules import door
from services.activities.table.columns import (
    AT_THE_DOOR,
    EVERYBODY,
    KEEPERS,
    RESIDENTS,
    SEAT,
)
from services.activities.views import codes
from services.activities.views import ratings as shown
from services.activities.views import seat_codes as of_seats
from services.kit.config import Settings
from services.kit.entrypoints import command, query


class Door:
    """The part of the table for the door."""

    # A table: an entry a line.
    # fmt: off
    check_in = command(
        asks.CheckIn, door.check_in, by=AT_THE_DOOR, shows=SEAT, given=Settings.door_key)
    check_out = command(
        asks.CheckOut, door.check_out, by=AT_THE_DOOR, shows=SEAT, given=Settings.door_key)
    rate = command(asks.Rate, door.rate, by=RESIDENTS, shows=SEAT)
    delete_rating_words = command(contents.OfSession, door.delete_words, by=RESIDENTS, shows=SEAT)
    appraise = command(asks.Appraise, door.appraise, by=KEEPERS, shows=SEAT)
    door_code = query(contents.OfSession, codes.door_code, by=KEEPERS, given=Settings.door_key)
    my_code = query(asks.MyCode, codes.my_code, by=EVERYBODY, given=Settings.door_key)
    seat_codes = query(
        signups.OfSignup, of_seats.seat_codes, by=AT_THE_DOOR, given=Settings.door_key)
    door_list = query(
        DoorList, of_seats.door_list, by=KEEPERS, given=Settings.door_key)
    list_ratings = query(ratings.ListRatings, shown.list_ratings, by=KEEPERS)
    # fmt: on
