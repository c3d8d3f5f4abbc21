"""Work that is done apart: it holds up nobody, and what it reads is read where it is waited for."""

import _thread
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from services.kit.apart import MOST_WAITING, THREADS, Back, ReadApart, Workers
from services.kit.errors import Overloaded, Refused
from services.kit.store import open_store
from services.kit.views import Find, Overlay
from tests.clocks import HUNG_S, wait_until
from tests.toy import SUMS

GEVENT = """
from gevent import monkey; monkey.patch_all()
from gevent import spawn, sleep
from gevent.monkey import get_original
begin = get_original("_thread", "start_new_thread")
"""

EVENTLET = """
import warnings; warnings.simplefilter("ignore")
import eventlet; eventlet.monkey_patch()
from eventlet import spawn, sleep
from eventlet.patcher import original
begin = original("_thread").start_new_thread
"""

OTHERS_GO_ON = """
import hashlib, os, threading
from _queue import SimpleQueue
from services.kit.apart import Workers
apart, gate, read, done = Workers(begin), SimpleQueue(), [], []

def block(back):
    hashlib.scrypt(b"word", salt=b"s", n=2**14, r=8, p=1)
    gate.get()
    return back(lambda: read.append("here"))

def nice():
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

for _ in range(12):
    spawn(lambda: done.append(apart(block)))
for passed in range(12):
    sleep(0.001)
    gate.put("one may pass: said by a green thread while others block")
    while len(done) == passed:
        sleep(0.001)
print(len(done), len(read), apart(lambda back: nice()) > nice())
"""


@pytest.fixture
def apart() -> Workers:
    return Workers(_thread.start_new_thread)


@pytest.mark.parametrize("threads", [GEVENT, EVENTLET], ids=["gevent", "eventlet"])
def test_while_many_block_green_threads_go_on_and_do_what_the_work_reads(
    threads: str,
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", threads + OTHERS_GO_ON],
        capture_output=True,
        text=True,
        timeout=HUNG_S,
        check=False,
    )
    gives_way = str(sys.platform == "linux")
    told = ran.stdout.split(), ran.returncode
    assert told == (["12", "12", gives_way], 0), ran.stderr


def test_it_is_done_elsewhere_and_what_it_reads_is_read_here(apart: Workers) -> None:
    def work(back: Back) -> tuple[int, int]:
        return _thread.get_ident(), back(_thread.get_ident)

    there, here = apart(work)
    assert there != here == _thread.get_ident()


def test_what_it_raises_and_what_reading_raises_is_raised_to_who_waits(
    apart: Workers,
) -> None:
    def refuse() -> None:
        raise Refused("no", "不行")

    with pytest.raises(Refused):
        apart(lambda back: refuse())
    with pytest.raises(Refused):
        apart(lambda back: back(refuse))


def test_it_reads_the_documents_and_counts_them(apart: Workers, tmp_path: Path) -> None:
    store = open_store(f"sqlite:{tmp_path}", "adder", [SUMS])
    docs = Overlay(store.views)
    docs.put("sums", {"id": "A", "kind": "sum", "sum": 1})
    store.views.commit(store.views.begin("adder"), 1, docs.changed)
    found = Find("sums", {"kind": "sum"}, "sum")

    def work(back: Back) -> tuple[object, ...]:
        read = ReadApart(store.views, back)
        told = read.the("sums", "A")["sum"], len(read.find(found)), read.count(found)
        return *told, read.cursor("adder"), read.generation

    assert apart(work) == (1, 1, 1, 1, 1)
    store.close()


def test_beyond_a_queue_of_some_the_next_is_told_to_come_again(apart: Workers) -> None:
    go, held, done = threading.Event(), [], []

    def hold(back: object) -> bool:
        held.append(back)
        return go.wait(HUNG_S)

    def ask() -> None:
        done.append(apart(hold))

    for _ in range(THREADS):
        threading.Thread(target=ask).start()
    wait_until(lambda: len(held) == THREADS)
    for _ in range(MOST_WAITING):
        threading.Thread(target=ask).start()
    wait_until(lambda: apart._waiting.qsize() == MOST_WAITING)
    with pytest.raises(Overloaded) as told:
        apart(lambda back: None)
    assert (told.value.status, told.value.retry_after_s > 0) == (503, True)
    go.set()
    wait_until(lambda: done == [True] * (THREADS + MOST_WAITING))


def test_work_whose_asker_has_gone_ends_and_the_threads_go_on(apart: Workers) -> None:
    left: list[Callable[[], None]] = []

    class Gone(BaseException):
        pass

    def leave() -> None:
        raise Gone

    def work(back: Back) -> None:
        try:
            back(leave)
        finally:
            left.append(leave)

    for _ in range(THREADS + 1):
        with pytest.raises(Gone):
            apart(work)
    wait_until(lambda: len(left) == THREADS + 1)
    assert apart(lambda back: "goes on") == "goes on"
