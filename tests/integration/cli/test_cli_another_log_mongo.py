"""The same on MongoDB, where a log can be put back by itself, and while everything goes on."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from pymongo import MongoClient
from pymongo.database import Database

from services.kit.buses.local import LocalBus
from services.kit.config import Settings
from services.kit.errors import Unavailable
from services.xfh.commands.network import opened
from tests import mongo
from tests.integration.cli.test_cli_another_log import add, follow, sums

pytestmark = pytest.mark.usefixtures("toys")
Data = dict[str, list[Any]]
SAYS = "adder 的日志(或数据)?换过了"


@pytest.fixture
def adder(mongodb: str | None) -> Iterator[Database[Any]]:
    """The database of the adder."""
    if mongodb is None:
        pytest.skip(mongo.NOTICE)
    with MongoClient[Any](mongodb) as client:
        yield client[f"t{uuid4().hex[:10]}_adder"]


@pytest.fixture
def there(settings: Settings, mongodb: str, adder: Database[Any]) -> Settings:
    prefix = adder.name.removesuffix("_adder")
    return replace(settings, store=f"{mongodb.rstrip('/')}/{prefix}")


def taken_from(database: Database[Any]) -> Data:
    names = database.list_collection_names()
    return {name: list(database[name].find()) for name in names}


def put_back(database: Database[Any], data: Data, *names: str) -> None:
    for name in names or database.list_collection_names():
        database[name].delete_many({})
        if data.get(name):
            database[name].insert_many(data[name])


def lose_the_log(database: Database[Any], yesterday: Data) -> None:
    database["log"].drop()


def put_back_the_log(database: Database[Any], yesterday: Data) -> None:
    put_back(database, yesterday, "log")


def put_back_all(database: Database[Any], yesterday: Data) -> None:
    put_back(database, yesterday)


def empty_all(database: Database[Any], yesterday: Data) -> None:
    put_back(database, {"generations": yesterday["generations"]})


def drop_all(database: Database[Any], yesterday: Data) -> None:
    database.client.drop_database(database.name)


WAYS = (lose_the_log, put_back_the_log, put_back_all, empty_all, drop_all)


@pytest.mark.parametrize("happens", WAYS)
def test_what_goes_back_while_it_is_used_takes_nothing_more_and_is_said(
    there: Settings,
    adder: Database[Any],
    happens: Callable[[Database[Any], Data], None],
) -> None:
    with opened(there) as bus:
        add(bus, 21, 22, 23)
        yesterday = taken_from(adder)
        add(bus, 24, 25)
        assert follow(bus) == (5, None)
        today = taken_from(adder)
        happens(adder, yesterday)
        left = adder["log"].count_documents({})
        for _ in range(2):
            with pytest.raises(Unavailable):
                add(bus, 26)
        with pytest.raises(Unavailable):
            bus.hosts["adder"].troubles()
        assert adder["log"].count_documents({}) == left
        must_not_be_overtaken(bus)
        put_back(adder, today, *today)
        add(bus, 26)
        assert bus.hosts["adder"].troubles() == []
        assert follow(bus) == (6, None)
        assert sums(bus) == [141, 141]


def must_not_be_overtaken(bus: LocalBus) -> None:
    """Echo stays where it is: parked, or told that the adder cannot answer."""
    try:
        at, kind = follow(bus)
    except Unavailable:
        return
    assert (at, kind) == (5, "AnotherLog")
