"""Offerings an activity asks the units for, for one of its sessions."""

from schemas import fields
from schemas.activities.contents import OfSession, host
from schemas.events import event


class OfOffering(OfSession):
    offering = fields.Id(required=True, metadata={"description": "共建资源编号"})


@event("offering_requested.v1")
class OfferingRequested(OfOffering):
    """`session` is told since activities have several."""

    host = host(required=True)
    starts_at = fields.Instant(required=True)


@event("offering_request_withdrawn.v1")
class OfferingRequestWithdrawn(OfOffering):
    pass


@event("offering_granted.v1")
class OfferingGranted(OfOffering):
    pass


@event("offering_refused.v1")
class OfferingRefused(OfOffering):
    reason = fields.Text(200, required=True)
