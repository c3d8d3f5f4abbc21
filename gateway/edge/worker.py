"""gunicorn's worker on green threads, which waits for nobody longer than is good for the others."""

import socket
from types import FrameType
from typing import Any

from gunicorn.http.errors import ParseException
from gunicorn.workers.ggevent import GeventWorker

from gateway.edge.connections import Connection, Lines
from gateway.edge.home import Home
from gateway.edge.requests import Request, Requests
from gateway.edge.streams import PART, STREAMS
from gateway.edge.unreadable import refusal
from services.kit import config

Address = tuple[str, int]


class Worker(GeventWorker):
    """A connection is handled by a green thread of its own, from its first request to its last."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        connections = self.cfg.worker_connections
        STREAMS.most = connections // PART
        self._lines = Lines(connections - STREAMS.most, self.cfg.keepalive)
        self._home = Home(config.load().public_url).prefix

    def handle(
        self, listener: socket.socket, client: socket.socket, address: Address
    ) -> None:
        """Answers all requests of a connection; gunicorn calls it once for each."""
        connection = Connection(client, self._lines)
        try:
            self._serve(listener.getsockname(), connection, address)
        except OSError:
            self.log.debug(
                "The other side is gone, or does not take what it asked for."
            )
        finally:
            connection.close()

    def _serve(self, here: Address, connection: Connection, address: Address) -> None:
        requests = Requests(self.cfg, connection, address)
        while (request := self._next(requests, connection)) and self._answer(
            here, request, connection, address
        ):
            pass

    def _next(self, requests: Requests, connection: Connection) -> Request | None:
        """None at the end, and for what is no request, after it has been told so."""
        if not self.alive:
            connection.say_no_more()
        try:
            return next(requests, None)
        except (ParseException, TimeoutError) as error:
            self._refuse(error, connection)
            return None

    def _answer(
        self, here: Address, request: Request, connection: Connection, address: Address
    ) -> bool:
        """False when that was the last on this connection."""
        try:
            self.handle_request(here, request, connection, address)
            connection.flush()
        except StopIteration:  # gunicorn's word for it.
            connection.flush()
            if not request.body.is_over():
                connection.linger()
            return False
        except OSError:
            raise
        except Exception as error:  # A defect before anything was sent; after that gunicorn has closed it.
            self._refuse(error, connection)
            return False
        return True

    def _refuse(self, error: Exception, connection: Connection) -> None:
        connection.sendall(refusal(error, self._home))
        connection.flush()
        connection.linger()

    def handle_exit(self, signum: int, frame: FrameType | None) -> None:
        """Waits for nobody who has not asked, or not to the end, and ends what has no end of its own."""
        super().handle_exit(signum, frame)
        STREAMS.end()
        for connection in (*self._lines.idle, *self._lines.heads):
            connection.say_no_more()
