"""What a device recorded while it was offline: its time set right by what its clock showed when it was sent."""

from datetime import datetime, timedelta

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.errors import Refused

ON_THE_WAY_S = 3  # What a message takes says nothing about a clock.
TRUSTED_OFF_S = 600  # A clock further off may have been set meanwhile: what it says is not the time of anything.
OLDEST = timedelta(days=400)


def off_s(command: Json, asked: Asked) -> int:
    """By how many whole seconds the device is behind; negative when it is ahead; 0 when it does not say."""
    if "device_now" not in command:
        return 0
    device_now = datetime.fromisoformat(command["device_now"])
    behind = asked.now - device_now
    since_then = device_now - datetime.fromisoformat(command["at"])
    if abs(behind) > OLDEST or abs(since_then) > OLDEST:
        says = "设备的时钟差得太多，不能采用，请核对它的日期和时间"
        raise Refused("clock_unbelievable", says, path="device_now")
    behind_s = round(behind.total_seconds())
    return 0 if abs(behind_s) <= ON_THE_WAY_S else behind_s


def corrected(at: str, behind_s: int) -> datetime:
    """When it was by the platform's clock."""
    return datetime.fromisoformat(at) + timedelta(seconds=behind_s)


def is_trusted(behind_s: int) -> bool:
    """Whether the device's clock, so far off, told when it was."""
    return abs(behind_s) <= TRUSTED_OFF_S
