"""The events every service may record besides its own."""

from schemas import fields
from schemas.events import event
from schemas.seals import Signed


@event("event_set_aside.v1")
class EventSetAside(fields.Schema):
    """An operator ruled that an event of a followed log, which could not be applied, is not to be applied."""

    source = fields.Text(32, required=True)
    sequence = fields.Whole(1, 2**53, required=True)
    reason = fields.Text(200, required=True)


@event("log_sealed.v1")
class LogSealed(Signed):
    """A part of a log, of another service than the one that records it, can no longer be changed unnoticed."""
