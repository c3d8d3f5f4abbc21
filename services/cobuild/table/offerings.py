"""Offerings: what units have to give, and which activity gets it."""

from schemas.cobuild import offerings as schemas
from services.cobuild.rules import bookings, offerings, standing
from services.cobuild.table.roles import UNITS
from services.cobuild.views import offerings as views
from services.kit.entrypoints import command, due, follows, query

OFFERING = ("offerings", "offering")


class Offerings:
    publish_offering = command(
        schemas.PublishOffering, offerings.publish_offering, by=UNITS, shows=OFFERING
    )
    revise_offering = command(
        schemas.ReviseOffering, offerings.revise_offering, by=UNITS, shows=OFFERING
    )
    pause_offering = command(
        schemas.PauseOffering, offerings.pause_offering, by=UNITS, shows=OFFERING
    )
    resume_offering = command(
        schemas.OfOffering, offerings.resume_offering, by=UNITS, shows=OFFERING
    )
    retire_offering = command(
        schemas.OfOffering, offerings.retire_offering, by=UNITS, shows=OFFERING
    )
    retire_offering_of_ended = due(
        "offerings", {}, standing.retire_of_ended, by="retires_at"
    )
    reserve = follows("activities", "offering_requested.v1", bookings.reserve)
    release_all = follows("activities", "activity_cancelled.v1", bookings.release_all)
    release_whole = follows("activities", "activity_cancelled.v2", bookings.release_all)
    release_some = follows(
        "activities", "sessions_cancelled.v1", bookings.release_sessions
    )
    release_one = follows(
        "activities", "offering_request_withdrawn.v1", bookings.release_one
    )
    review_offering = due(
        "watches", {"state": "watched"}, offerings.review_watched, by="check_at"
    )
    get_offering = query(schemas.OfOffering, views.get_offering)
    list_offerings = query(schemas.ListOfferings, views.list_offerings)
    list_occurrences = query(schemas.ListOccurrences, views.list_occurrences)
