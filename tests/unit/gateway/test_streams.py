"""What a page is told of news: once for all that happened in a second, and to the end of the worker at most."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from gateway.edge.news import News
from gateway.edge.streams import Streams
from gateway.web import live
from services.kit.errors import Overloaded, Unknown

NOW = datetime(2026, 6, 8, 1, tzinfo=UTC)
CHANGED = b'event: changed\ndata: {"as_of":"2026-06-08T01:00:00.000Z"}\n\n'


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "EVERY_S", 0.001)


def heard() -> News:
    news = News()
    news.hear("activities", None)
    news.hear("metrics", None)
    return news


def begun(
    news: News,
    topic: str,
    streams: Streams | None = None,
    may: live.May = lambda: True,
) -> Iterator[bytes]:
    """A stream that has said how soon to come again."""
    sources = live.sources_of(topic)
    turns = live.told(news, sources, streams or Streams(), lambda: NOW, may)
    assert next(turns) == b"retry: 5000\n\n"
    return turns


def test_a_change_is_told_and_silence_is_a_comment_now_and_then() -> None:
    news = heard()
    turns = begun(news, "district")
    assert next(turns) == b":\n\n"
    news.hear("metrics", {"a"})
    news.hear("metrics", {"b"})
    assert next(turns) == CHANGED
    assert next(turns) == b":\n\n"


def test_what_happens_elsewhere_is_not_told() -> None:
    news = heard()
    activity, district = begun(news, "activity-A1"), begun(news, "district")
    news.hear("activities", {"activity/A2"})
    assert next(activity) == next(district) == b":\n\n"
    news.hear("activities", {"activity/A1"})
    assert next(activity) == CHANGED
    assert next(district) == b":\n\n"


def test_who_cannot_hear_supposes_a_change_now_and_then() -> None:
    news = heard()
    turns = begun(news, "district")
    news.deaf()
    assert next(turns) == CHANGED


def test_all_end_at_once_and_give_their_room_back() -> None:
    streams = Streams(most=2)
    turns = [begun(heard(), "district", streams) for _ in range(2)]
    with pytest.raises(Overloaded):
        streams.must_have_room()
    streams.end()
    assert [list(left) for left in turns] == [[], []]
    assert streams.open == 0


def test_one_ends_when_who_hears_it_may_no_more() -> None:
    roles = ["district_admin"]
    turns = begun(heard(), "district", may=lambda: bool(roles))
    assert next(turns) == b":\n\n"
    roles.clear()
    assert list(turns) == []


def test_who_goes_away_gives_their_room_back() -> None:
    streams = Streams(most=1)
    turns = begun(heard(), "district", streams)
    turns.close()  # type: ignore[attr-defined]
    streams.must_have_room()


def test_a_topic_that_is_none_is_not_found() -> None:
    with pytest.raises(Unknown):
        live.sources_of("everything")
