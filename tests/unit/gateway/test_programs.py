"""A program in a process of its own is ended when it takes too long or too much, and whoever waits hears of it."""

import pytest

from gateway.files import programs

CONFINED = "from gateway.files.programs import confine; confine(7)"


def run(statement: str, within_s: float = 60.0) -> bytes:
    """By the standard library's way to run a statement once, in the confines of our own programs."""
    return programs.run(
        "timeit", b"", "-n1", "-r1", "-s", CONFINED, statement, within_s=within_s
    )


def test_a_program_is_given_what_it_reads_and_gives_what_it_writes() -> None:
    assert (
        programs.run("json.tool", b'{"a":1}', "--compact", within_s=60.0)
        == b'{"a":1}\n'
    )


def test_a_program_that_takes_too_long_is_ended() -> None:
    with pytest.raises(programs.NotDone, match="was ended"):
        run("while True: pass", within_s=0.5)


@pytest.mark.parametrize(
    "statement",
    [
        "bytearray(2**31)",
        "[b'x' * 2**20 for _ in range(2**11)]",
        "raise SystemExit(1)",
        "import os; os.abort()",
    ],
    ids=["takes too much", "takes it bit by bit", "fails", "dies"],
)
def test_a_program_that_comes_to_no_good_end_is_not_done(statement: str) -> None:
    with pytest.raises(programs.NotDone):
        run(statement)


def test_a_program_has_so_many_seconds_of_the_processor() -> None:
    assert b"(7, 7)" in run(
        "import resource; print(resource.getrlimit(resource.RLIMIT_CPU))"
    )


def test_what_reads_a_table_starts_with_nothing_of_the_gateway() -> None:
    loaded = programs.run(
        "timeit",
        b"",
        "-n1",
        "-r1",
        "import gateway.files.table_reader, sys; print(*sys.modules)",
        within_s=60.0,
    )
    assert not {"flask", "marshmallow", "openpyxl", "gevent"} & set(
        loaded.decode().split()
    )
