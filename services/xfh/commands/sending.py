"""Sends one message through apprise, and tells what came of it. The only module that knows apprise.

apprise says yes or no. Whether a no may be tried again is read off what it tells of the attempt: nothing but a clear
sign that the message cannot have arrived is a failure; anything else, such as no answer in time, leaves it unknown.
"""

import logging
import re

import apprise

from services.kit.channels import Channel

Outcome = tuple[str, str]
# The name goes into HTTP headers as well, which have only ASCII.
SENDER = apprise.AppriseAsset(
    app_id="Xianfenghui", app_desc="先锋荟", app_url="", async_mode=False
)
EXAMPLES = {"": "", "mail": "name@example.org", "id": "A1"}
# What apprise 2.3 tells of an answer that says no: HTTP's, SMTP's, and a robot's own code in an answer of 200.
REFUSED = re.compile(
    r"error=(?!504)\d{3}|\(\d{3}, b['\"]|rejected our notification|was refused"
)
# … and of a message that never got to anybody. Of mail it says so only when no message was handed over yet.
NOT_REACHED = re.compile(
    r"Failed to establish a new connection|ConnectTimeoutError|NameResolutionError|CERTIFICATE_VERIFY_FAILED"
    r"|Connection error while submitting email"
)


def keep_to_ourselves() -> None:
    """Nothing of what the libraries say while sending gets into a log: it has addresses and texts in it."""
    silent = logging.getLogger("apprise")
    silent.addHandler(logging.NullHandler())
    silent.propagate = False
    silent.setLevel(logging.DEBUG)  # What is not logged is in no result either.
    for name in ("requests", "urllib3"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def is_usable(channel: Channel) -> bool:
    """Whether apprise can make sense of the channel's URL. Sends nothing."""
    return bool(_for(channel, EXAMPLES[channel.asks]))


def send(channel: Channel, address: str, heading: str, text: str) -> Outcome:
    """`("made", "")`, `("failed", code)` when it certainly has not arrived, else `("unknown", code)`. Takes seconds."""
    receiver = _for(channel, address)
    if not receiver:
        return "failed", "not_accepted"
    result = receiver.notify(
        body=text,
        title=heading,
        body_format=apprise.NotifyFormat.TEXT,
        log_level=logging.DEBUG,
    )
    if result:
        return "made", ""
    return judged("\n".join(entry.message for entry in result.logs()))


def judged(attempt: str) -> Outcome:
    """What becomes of a no, by what apprise says of the attempt."""
    if NOT_REACHED.search(attempt):
        return "failed", "not_reached"
    if REFUSED.search(attempt):
        return "failed", "refused"
    return "unknown", "no_answer"


def _for(channel: Channel, address: str) -> apprise.Apprise:
    receiver = apprise.Apprise(asset=SENDER)
    receiver.add(channel.url_of(address))
    return receiver
