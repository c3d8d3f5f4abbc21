"""Who computes for long on a green thread lets those run for whom something arrives meanwhile."""

import subprocess
import sys

PROGRAM = """
from gevent import monkey; monkey.patch_all()
import gevent, time
from services.kit.clock import give_way
served = []
def serve():
    while True:
        time.sleep(0.001)
        served.append(None)
gevent.spawn(serve)
give_way()
for _ in range(100):
    until = time.perf_counter() + 0.002
    while time.perf_counter() < until:
        pass
    give_way()
print(len(served))
"""


def test_others_are_served_whenever_way_is_given() -> None:
    """Half of the time at least: each of the hundred turns is longer than what the other waits for."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, check=True, text=True
    )
    assert int(done.stdout) > 50
