"""Whether the gateway's address is free, and when the platform answers at it."""

import http.client
import os
import signal
import socket
import time

ANYWHERE = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]", "": "127.0.0.1"}
PROBE_S = 1.0
EVERY_S = 0.1
PATIENCE_S = 120.0


def is_taken(address: str) -> bool:
    host, _, port = address.rpartition(":")
    family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), int(port)))
        except OSError:
            return True
    return False


def is_ready(address: str) -> bool:
    """True when every part of the platform answers. Blocks for at most `PROBE_S`."""
    host, _, port = address.rpartition(":")
    connection = http.client.HTTPConnection(f"{ANYWHERE.get(host, host)}:{port}", timeout=PROBE_S)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def announce(address: str) -> None:
    print(f"平台已就绪：http://{address}/", flush=True)


def announce_from_a_child(address: str) -> None:
    """Says when the platform is ready though this process is about to become something else.

    The child ends when it has said so, when its parent is gone, or when nothing is ready for long.
    """
    parent = os.getpid()
    if os.fork():
        return
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C reaches this child too, which has nothing to say to it.
    end = time.monotonic() + PATIENCE_S
    while os.getppid() == parent and time.monotonic() < end:
        if is_ready(address):
            announce(address)
            break
        time.sleep(EVERY_S)
    os._exit(0)
