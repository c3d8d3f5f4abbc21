"""Doors, and the visits to them."""

from schemas.grids import doors as schemas
from schemas.grids import slips as of_slips
from schemas.grids import visits as of_visits
from services.grids.rules import doors, visits, walks
from services.grids.table.roles import STAFF, WALKERS
from services.grids.views import doors as views
from services.grids.views import slips
from services.grids.views import visits as visit_views
from services.kit.config import Settings
from services.kit.entrypoints import command, query

DOOR = ("doors", "door")
VISIT = ("visits", "visit")
WALK = ("walks", "grid")


class Doors:
    record_door = command(schemas.RecordDoor, doors.record, by=STAFF, shows=DOOR)
    renumber_door = command(schemas.RenumberDoor, doors.renumber, by=STAFF, shows=DOOR)
    renumber_walk = command(schemas.RenumberWalk, walks.renumber, by=STAFF, shows=WALK)
    move_door = command(schemas.MoveDoor, doors.move, by=STAFF, shows=DOOR)
    close_door = command(schemas.CloseDoor, doors.close, by=STAFF, shows=DOOR)
    get_door = query(schemas.OfDoor, views.get_door, by=WALKERS)
    list_day = query(schemas.ListDay, views.list_day, by=WALKERS)
    list_doors = query(schemas.ListDoors, views.list_doors, by=WALKERS)


class Visits:
    record_visit = command(
        of_visits.RecordVisit, visits.record, by=WALKERS, shows=VISIT
    )
    record_late_visit = command(
        of_visits.RecordLateVisit, visits.record_late, by=WALKERS, shows=VISIT
    )
    correct_visit = command(
        of_visits.CorrectVisit, visits.correct, by=WALKERS, shows=VISIT
    )
    withdraw_visit = command(
        of_visits.OfVisit, visits.withdraw, by=WALKERS, shows=VISIT
    )
    get_visit = query(of_visits.OfVisit, visit_views.get_visit, by=WALKERS)
    slip_of = query(
        of_visits.OfVisit, slips.slip_of, by=WALKERS, given=Settings.door_key
    )
    called_on = query(of_slips.OfSlip, slips.called_on, given=Settings.door_key)
    list_visits = query(of_visits.ListVisits, visit_views.list_visits, by=WALKERS)
