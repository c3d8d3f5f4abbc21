"""A bad network: a TCP proxy that is slow, goes silent, or cuts connections in the middle of what is being sent."""

import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.servers import Address

CHUNK = 4096
CONNECT_S = 2.0


class Proxy:
    """Passes connections on to the first of its targets that takes them."""

    def __init__(self) -> None:
        self._targets: list[Address] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._flowing = threading.Event()
        self._flowing.set()
        self._closing = False
        self._luck = random.Random("proxy")
        self.delay_s = 0.0
        threading.Thread(target=self._accept, daemon=True).start()

    def to(self, *targets: Address) -> Address:
        """Where to connect to come to one of `targets`."""
        self._targets += targets
        address: Address = self._listener.getsockname()
        return address

    def stall(self) -> None:
        """Connections stay, new ones are taken, and nothing passes any more."""
        self._flowing.clear()

    def resume(self) -> None:
        self._flowing.set()

    def cut(self) -> None:
        """Closes every connection at once, whatever is under way."""
        for end in list(self._open):
            _close(end)

    def close(self) -> None:
        self._closing = True
        _close(self._listener)
        self.cut()
        self.resume()

    def _accept(self) -> None:
        while not self._closing:
            try:
                here, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(here,), daemon=True).start()

    def _pass_on(self, here: socket.socket) -> None:
        self._flowing.wait()
        there = self._connected()
        if there is None:
            _close(here)
            return
        self._open |= {here, there}
        for source, sink in ((here, there), (there, here)):
            threading.Thread(
                target=self._pump, args=(source, sink), daemon=True
            ).start()

    def _connected(self) -> socket.socket | None:
        for target in self._targets:
            with suppress(OSError):
                return socket.create_connection(target, timeout=CONNECT_S)
        return None

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            source.settimeout(None)
            while data := source.recv(CHUNK):
                time.sleep(self.delay_s)
                half = self._luck.randrange(
                    len(data)
                )  # A frame never arrives as it was sent.
                sink.sendall(data[:half])
                self._flowing.wait()
                sink.sendall(data[half:])
        except OSError:
            pass
        finally:
            self._open -= {source, sink}
            _close(source)
            _close(sink)


@contextmanager
def proxied() -> Iterator[Proxy]:
    proxy = Proxy()
    try:
        yield proxy
    finally:
        proxy.close()


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
