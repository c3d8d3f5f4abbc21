"""What every service answers to besides its own commands: reading its log, and setting a poison event aside."""

from schemas import fields
from schemas.events import event


class ReadLog(fields.Schema):
    after = fields.Whole(0, 2**53, required=True)
    limit = fields.Whole(1, 1000, required=True)


class SetAside(fields.Schema):
    source = fields.Text(32, required=True)
    sequence = fields.Whole(1, 2**53, required=True)
    reason = fields.Text(200, required=True)


@event("event_set_aside.v1")
class EventSetAside(fields.Schema):
    source = fields.Text(32, required=True)
    sequence = fields.Whole(1, 2**53, required=True)
    reason = fields.Text(200, required=True)
