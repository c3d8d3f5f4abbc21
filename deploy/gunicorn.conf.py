"""gunicorn's settings: one worker with every service in it on the local bus, some workers on RabbitMQ."""

import ctypes
import signal
import sys

from services.kit.config import load

PR_SET_PDEATHSIG = 1

settings = load()

bind = settings.http
worker_class = "gateway.worker.Worker"  # gevent: a connection costs no thread: a thousand phones may keep theirs open.
workers = 1 if settings.bus == "local:" else settings.workers
worker_connections = 2000
keepalive = 75
timeout = 60
graceful_timeout = 7  # A little more than a request may take.
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 16_380
loglevel = settings.log_level.lower()
accesslog = None
control_socket_disable = True


def post_fork(server, worker):
    """A worker does not outlive its master: it would keep the address, and take connections it no longer answers."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
