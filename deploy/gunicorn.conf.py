"""gunicorn's settings: one worker with every service in it on the local bus, some workers on RabbitMQ."""

import ctypes
import resource
import signal
import sys

from services.kit.config import load

PR_SET_PDEATHSIG = 1
ENOUGH_FILES = 4096
FILES_BESIDES = 256  # Databases, the broker, libraries.


def _files() -> int:
    """How many files the process may have open, after asking for enough: a connection is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = (
        ENOUGH_FILES if hard == resource.RLIM_INFINITY else min(hard, ENOUGH_FILES)
    )
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return max(allowed, soft)


settings = load()

bind = settings.http
# gevent: a connection costs no thread: a thousand phones may keep theirs open.
worker_class = "gateway.edge.worker.Worker"
workers = 1 if settings.bus == "local:" else settings.workers
# A fifth of them for pages that are told of news.
worker_connections = min(2500, _files() - FILES_BESIDES)
sendfile = False  # What is sent goes through the connection, which has a deadline.
keepalive = 75
timeout = 60
graceful_timeout = 7  # A little more than a request may take.
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 16_380
forwarded_allow_ips = (
    ""  # No proxy says where we are or how we are reached: XFH_PUBLIC_URL does.
)
loglevel = settings.log_level.lower()
accesslog = None
control_socket_disable = True


def post_fork(server, worker):
    """A worker does not outlive its master: it would keep the address, and take connections it no longer answers."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
