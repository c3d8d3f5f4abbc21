"""Units: registered, decided on, suspended and ended; halted while the partner they are is."""

from schemas.cobuild import units as schemas
from services.cobuild.rules import standing, units
from services.cobuild.table.roles import READERS, UNITS
from services.cobuild.views import units as views
from services.district.authority import STREET
from services.kit.entrypoints import command, follows, query

UNIT = ("units", "unit")


class Units:
    register_unit = command(
        schemas.RegisterUnit, units.register_unit, by=UNITS, shows=UNIT
    )
    approve_unit = command(schemas.OfUnit, units.approve_unit, by=STREET, shows=UNIT)
    reject_unit = command(schemas.RejectUnit, units.reject_unit, by=STREET, shows=UNIT)
    appeal_unit = command(schemas.AppealUnit, units.appeal_unit, by=UNITS, shows=UNIT)
    decide_unit_appeal = command(
        schemas.DecideUnitAppeal, units.decide_appeal, by=STREET, shows=UNIT
    )
    withdraw_unit_approval = command(
        schemas.WithdrawUnitApproval,
        standing.withdraw_approval,
        by=STREET,
        shows=UNIT,
        rests_on=("activities",),
    )
    suspend_unit = command(schemas.SuspendUnit, standing.suspend, by=STREET, shows=UNIT)
    reinstate_unit = command(schemas.OfUnit, standing.reinstate, by=STREET, shows=UNIT)
    end_unit = command(schemas.EndUnit, standing.end, by=STREET, shows=UNIT)
    update_unit = command(schemas.UpdateUnit, units.update_unit, by=UNITS, shows=UNIT)
    halt_unit = follows("partners", "partner_suspended.v1", units.halt)
    free_unit = follows("partners", "partner_reinstated.v1", units.free)
    free_unit_of_withdrawn = follows("partners", "partner_withdrawn.v1", units.free)
    get_unit = query(schemas.OfUnit, views.get_unit, by=READERS)
    list_units = query(schemas.ListUnits, views.list_units, by=READERS)
