"""What a host says to those who signed up."""

from schemas.activities import messages as asks
from services.activities.rules import messages
from services.activities.table.columns import AT_THE_DOOR, HOST_MESSAGE, KEEPERS
from services.activities.views import messages as answers
from services.kit.entrypoints import command, query


class Messages:
    """The part of the table for messages."""

    # A table: an entry a line.
    # fmt: off
    tell_signed_up = command(
        asks.TellSignedUp, messages.tell_signed_up, by=KEEPERS, shows=HOST_MESSAGE)
    delete_host_message = command(
        asks.DeleteHostMessage, messages.delete_message, by=KEEPERS, shows=HOST_MESSAGE)
    host_messages = query(asks.ListHostMessages, answers.host_messages, by=AT_THE_DOOR)
    # fmt: on
