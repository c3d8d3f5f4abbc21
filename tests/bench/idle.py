"""What a platform costs while nobody asks anything of it."""

import sys
import time

from tests import servers

AT_REST_S = 45.0  # Until those who follow look as seldom as they ever do.
SECONDS = 60.0


def idle(platforms: dict[str, servers.Platform], share: float) -> dict[str, float]:
    """By mode, the processor's time of all its processes in percent of one core, the broker's apart."""
    print("at rest", file=sys.stderr)
    time.sleep(AT_REST_S * share)
    before = {name: platform.cpu_ms() for name, platform in platforms.items()}
    began = time.monotonic()
    time.sleep(SECONDS * share)
    passed_ms = (time.monotonic() - began) * 1000
    return {
        name: round(100 * (platform.cpu_ms() - before[name]) / passed_ms, 2)
        for name, platform in platforms.items()
    }
