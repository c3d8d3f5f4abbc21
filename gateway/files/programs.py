"""Work that is dear or dangerous, done by a program of ours in a process of its own that may be ended.

Whoever is served meanwhile is served first: such a program is nice, and has limits of time and memory.
"""

import logging
import os
import resource
import subprocess
import sys

NICENESS = 3  # Half of what a program gets that is not nice, on a machine that has not enough for all.
MEMORY = 768 * 1024**2  # Bytes of addresses, most of them never used.
LAST_WORDS = 2000

log = logging.getLogger(__name__)


class NotDone(Exception):
    """The program took too long or too much, or has a defect."""


def run(program: str, sent: bytes, *arguments: str, within_s: float) -> bytes:
    """What the module `program` writes when it reads `sent`. Raises `NotDone`."""
    command = [sys.executable, "-P", "-m", program, *arguments]
    try:
        done = subprocess.run(
            command, input=sent, capture_output=True, timeout=within_s, check=True
        )
    except subprocess.TimeoutExpired as error:
        raise NotDone(f"{program} was ended after {within_s:.1f} s") from error
    except subprocess.CalledProcessError as error:
        _log(program, error)
        raise NotDone(f"{program} ended with {error.returncode}") from error
    return done.stdout


def _log(program: str, error: subprocess.CalledProcessError) -> None:
    words = error.stderr.decode(errors="replace")[-LAST_WORDS:]
    about = {"program": program, "status": error.returncode, "words": words}
    log.warning("not done", extra={"about": about})


def confine(cpu_s: int) -> None:
    """Called by the program itself, before it reads what it was sent. `cpu_s` are seconds of the processor."""
    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
