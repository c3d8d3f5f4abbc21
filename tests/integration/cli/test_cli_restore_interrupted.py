"""A restore that was cut off goes on where it was, and brings back nothing that is gone."""

import random
from pathlib import Path
from typing import Any

import pytest

from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.engine import archive
from services.kit.errors import StoreFull
from services.xfh.commands import restore as restoring
from services.xfh.commands.network import store_of
from tests.clocks import HUNG_S
from tests.integration.cli.conftest import SERVICES, Xfh, log_of, restored
from tests.integration.test_story import Network, resident


@pytest.mark.parametrize("seed", range(4))
def test_an_interrupted_restore_goes_on_where_it_was(
    xfh: Xfh,
    made: Path,
    elsewhere: Settings,
    monkeypatch: pytest.MonkeyPatch,
    network: Network,
    seed: int,
) -> None:
    monkeypatch.setattr(archive, "BATCH", 3)
    luck, append, runs = random.Random(seed), archive._append, 0

    def breaking(log: Any, lines: Any) -> None:
        if luck.random() < 0.3:
            raise KeyboardInterrupt
        append(log, lines)
        if luck.random() < 0.3:
            raise KeyboardInterrupt

    with monkeypatch.context() as injury:
        injury.setattr(archive, "_append", breaking)
        while (ran := restored(xfh, monkeypatch, elsewhere, made)).code:
            assert "已中断" in ran.err
            runs += 1
    assert runs > 1
    for service in SERVICES:
        before = log_of(network.settings, service)
        assert log_of(elsewhere, service)[: len(before)] == before


def test_a_restore_onto_a_full_disk_says_that_it_is_not_done_and_goes_on_later(
    xfh: Xfh, made: Path, elsewhere: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "BATCH", 3)
    append = archive._append

    def full(log: Any, lines: Any) -> None:
        if log.head():
            raise StoreFull("存储空间已满，未保存任何内容，请稍后重试")
        append(log, lines)

    with monkeypatch.context() as injury:
        injury.setattr(archive, "_append", full)
        ran = restored(xfh, monkeypatch, elsewhere, made)
    says = "存储空间已满，命令没有做完；处理以后再执行一次"
    assert (ran.code, says in ran.err) == (1, True), ran.err
    assert "未保存任何内容" not in ran.err
    assert restored(xfh, monkeypatch, elsewhere, made).code == 0


def test_a_restore_interrupted_when_more_has_happened_goes_on_and_brings_back_nothing(
    network: Network,
    xfh: Xfh,
    made: Path,
    elsewhere: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was due is done before the figures are held against the logs."""
    (need,) = [
        one.data["need"] for one, _ in log_of(network.settings, "cobuild") if one.notes
    ]
    settle = restoring.settle

    def stopped(bus: LocalBus) -> None:
        settle(bus)
        bus.call(
            "cobuild", "delete_need_words", {"need": need},
            actor=resident("R0"), key="erased", deadline=Deadline.after(HUNG_S),
        )  # fmt: skip
        raise KeyboardInterrupt

    with monkeypatch.context() as injury:
        injury.setattr(restoring, "settle", stopped)
        assert "已中断" in restored(xfh, monkeypatch, elsewhere, made).err
    before = len(log_of(elsewhere, "cobuild"))
    assert before > len(log_of(network.settings, "cobuild"))
    other = made.with_name("other")
    assert xfh("backup", other).code == 0
    ran = restored(xfh, monkeypatch, elsewhere, other)
    assert (ran.code, "请恢复到空的地方" in ran.err) == (1, True), ran.err
    ran = restored(xfh, monkeypatch, elsewhere, made)
    assert ran.code == 0, ran.err
    with store_of(elsewhere, "cobuild") as store:
        assert (store.log.head(), store.keep.all("notes")) == (before, [])
    ran = restored(xfh, monkeypatch, elsewhere, made)
    assert (ran.code, "请恢复到空的地方" in ran.err) == (1, True), ran.err
