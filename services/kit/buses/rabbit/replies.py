"""Answers on their way back: those of a moment go out together, one message to whoever asked on a channel."""

import threading
from collections import defaultdict, deque
from typing import Any

import orjson

from services.kit.buses.rabbit.serving import Bundle
from services.kit.buses.rabbit.wire import publish


def acknowledge(channel: Any, tag: int, writing: threading.Lock) -> None:
    """Nothing where the channel is gone: the broker hands the message to whoever takes next."""
    if channel.is_open:
        with writing:
            channel.basic_ack(tag)


class Replies:
    """The answers not yet sent. `writing` is held by whoever writes to the connection."""

    def __init__(self, writing: threading.Lock):
        self._writing = writing
        self._answered: deque[tuple[Bundle, bytes]] = deque()

    def add(self, bundle: Bundle, answer: bytes) -> bool:
        """Keeps one answer of `bundle`; whether it is the first, so that they are to be sent soon."""
        bundle.left -= 1
        self._answered.append((bundle, answer))
        return len(self._answered) == 1

    def send(self) -> None:
        """Sends what there is, then acknowledges the messages that are answered in full."""
        done = {bundle for bundle, _ in self._answered if not bundle.left}
        for (channel, reply_to), answers in self._by_caller().items():
            if channel.is_open:
                self._send(channel, reply_to, answers)
        for bundle in done:
            acknowledge(bundle.channel, bundle.tag, self._writing)

    def _by_caller(self) -> dict[tuple[Any, str], list[orjson.Fragment]]:
        answers: defaultdict[tuple[Any, str], list[orjson.Fragment]] = defaultdict(list)
        while self._answered:
            bundle, answer = self._answered.popleft()
            answers[bundle.channel, bundle.reply_to].append(orjson.Fragment(answer))
        return answers

    def _send(
        self, channel: Any, reply_to: str, answers: list[orjson.Fragment]
    ) -> None:
        """A caller whose connection is gone asks again with its key."""
        with self._writing:
            reply = channel.prepare_message(
                orjson.dumps(answers),
                content_type="application/json",
                content_encoding="utf-8",
                properties={"delivery_mode": 1},
            )
            publish(channel, reply, exchange="", routing_key=reply_to)
