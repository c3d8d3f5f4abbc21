"""What a host says to those who signed up, all of them at once; they do not answer here."""

from schemas import fields
from schemas.activities.contents import MOST_SESSIONS, OfActivity
from schemas.events import event
from schemas.paging import Paged
from schemas.resource import Resource

MOST_A_DAY = 3  # Of one activity: who signed up is not to be flooded.


class TellSignedUp(OfActivity):
    """Of one session, or of all that are still to be held or under way."""

    session = fields.Id(
        metadata={"description": "只对这一场的人说，不填为还没结束的各场"}
    )
    words = fields.Text(
        500,
        required=True,
        metadata={"description": "对报名的人说什么，请不要写姓名和电话"},
    )


class DeleteHostMessage(OfActivity):
    message = fields.Id(required=True, metadata={"description": "留言编号"})


class ListHostMessages(OfActivity, Paged):
    """The latest first."""


# Events


@event("signed_up_told.v1")
class SignedUpTold(OfActivity):
    """The words are kept beside the log, as `note`."""

    sessions = fields.Many(fields.Id(), 1, MOST_SESSIONS, required=True)
    note = fields.Id(required=True)
    by = fields.Id(required=True)


@event("host_message_deleted.v1")
class HostMessageDeleted(OfActivity):
    note = fields.Id(required=True)
    by = fields.Id(required=True)


# Resources


class HostMessage(Resource):
    activity = fields.Id(required=True)
    sessions = fields.Many(
        fields.Id(),
        1,
        MOST_SESSIONS,
        required=True,
        metadata={"description": "对哪几场的人说的"},
    )
    at = fields.Instant(required=True)
    words = fields.Text(500, metadata={"description": "说的话；已删除则没有"})
