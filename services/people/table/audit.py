"""Who looked at what. Looks are told by the gateway, which answers them."""

from schemas.people import audit as of_audit
from services.district.authority import STREET
from services.kit.entrypoints import command, query
from services.people.model.keys import keys_of
from services.people.rules import audit as audit_rules
from services.people.table.askers import NOTHING, PLATFORM
from services.people.views import audit as audit_views


class Audit:
    record_looks = command(
        of_audit.RecordLooks,
        audit_rules.record_looks,
        by=PLATFORM,
        shows=NOTHING,
        given=keys_of,
    )
    record_export = command(
        of_audit.RecordExport, audit_rules.record_export, by=PLATFORM, shows=NOTHING
    )
    list_audit = query(of_audit.ListAudit, audit_views.list_audit, by=STREET)
