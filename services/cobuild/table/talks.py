"""Talking about a commitment, and agreeing on a time."""

from schemas.cobuild import talks as schemas
from services.cobuild.rules import talks
from services.cobuild.table.roles import TALKERS
from services.cobuild.views import talks as views
from services.kit.entrypoints import command, query

COMMITMENT = ("commitments", "commitment")


class Talks:
    say_on_commitment = command(
        schemas.SayOnCommitment, talks.say, by=TALKERS, shows=COMMITMENT
    )
    delete_commitment_message = command(
        schemas.DeleteMessage, talks.delete_message, by=TALKERS, shows=COMMITMENT
    )
    propose_time = command(
        schemas.ProposeTime, talks.propose_time, by=TALKERS, shows=COMMITMENT
    )
    agree_time = command(
        schemas.AgreeTime, talks.agree_time, by=TALKERS, shows=COMMITMENT
    )
    commitment_messages = query(schemas.ListMessages, views.list_messages, by=TALKERS)
