"""The events every service may record besides its own."""

from schemas import fields
from schemas.events import event


@event("event_set_aside.v1")
class EventSetAside(fields.Schema):
    """An operator ruled that an event of a followed log, which could not be applied, is not to be applied."""

    source = fields.Text(32, required=True)
    sequence = fields.Whole(1, 2**53, required=True)
    reason = fields.Text(200, required=True)
