"""Scans of a device that was offline: their time set right by what its clock showed when they were sent."""

from datetime import datetime, timedelta

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.errors import Refused

ON_THE_WAY_S = 3  # What a message takes says nothing about a clock.
TRUSTED_OFF_S = 600  # A clock further off may have been set meanwhile: what it says is not the time of a scan.
OLDEST = timedelta(days=400)


def off_s(command: Json, asked: Asked) -> int:
    """By how many whole seconds the device is behind; negative when it is ahead; 0 when it does not say."""
    if "device_now" not in command:
        return 0
    device_now = datetime.fromisoformat(command["device_now"])
    if (
        abs(asked.now - device_now) > OLDEST
        or abs(device_now - datetime.fromisoformat(command["at"])) > OLDEST
    ):
        raise Refused(
            "clock_unbelievable",
            f"设备时钟显示 {command['device_now']}，差得太多，不能采用",
            path="device_now",
        )
    behind = round((asked.now - device_now).total_seconds())
    return 0 if abs(behind) <= ON_THE_WAY_S else behind


def corrected(moment: str, behind_s: int) -> datetime:
    """When it was by the platform's clock."""
    return datetime.fromisoformat(moment) + timedelta(seconds=behind_s)


def way_of(behind_s: int) -> str:
    return "scanned" if abs(behind_s) <= TRUSTED_OFF_S else "backfilled"
