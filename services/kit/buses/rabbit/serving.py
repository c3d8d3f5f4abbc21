"""The requests of a message as they come in, and an answer as it goes out."""

import logging
import time
from typing import Any

import orjson

from schemas.documents import pick
from services.kit.actor import actor_from
from services.kit.buses.rabbit.sealing import Sealing
from services.kit.clock import Deadline
from services.kit.engine.host import Host
from services.kit.errors import Problem

log = logging.getLogger(__name__)

NEEDED = ("id", "method", "payload", "actor", "key", "trace", "until")


class Bundle:
    """The requests of one message, of which there is one at least; `left` are still to be answered.

    Raises `KeyError`, `TypeError` or `ValueError` for a message that holds none.
    """

    def __init__(self, channel: Any, message: Any):
        self.channel, self.tag = channel, message.delivery_tag
        self.reply_to: str = message.properties["reply_to"]
        self.requests = [_request(one) for one in orjson.loads(message.body)]
        self.left = len(self.requests)
        if not self.left:
            raise ValueError("nothing is asked")


def _request(sent: dict[str, Any]) -> dict[str, Any]:
    """With its deadline by the clock, not by `expiration`: what reached a process that stood still has waited since."""
    request = pick(sent, *NEEDED)
    if not isinstance(request["method"], str):
        raise TypeError("a method has a name")
    return request | {"deadline": Deadline.after(request["until"] - time.time())}


def answered(host: Host, request: dict[str, Any], sealing: Sealing) -> bytes:
    """The answer, the problem, or a bare problem for a defect, whose trace stays in the log; ready to be sent."""
    id = request["id"]
    try:
        answer = _ask(host, sealing.opened(host.name, request))
        sealed = sealing.answer(host.name, request, answer)
        return orjson.dumps({"id": id, "answer": sealed})
    except Problem as problem:
        return orjson.dumps({"id": id, "problem": problem.as_dict()})
    except Exception:
        about = {"service": host.name} | pick(request, "method", "trace")
        log.exception("defect", extra={"about": about})
        defect = Problem("系统出错了，已经记录；请稍后重试")
        return orjson.dumps({"id": id, "problem": defect.as_dict()})


def _ask(host: Host, request: dict[str, Any]) -> Any:
    return host.ask(
        request["method"],
        request["payload"],
        actor=actor_from(request["actor"]),
        deadline=request["deadline"],
        key=request["key"],
        trace=request["trace"],
    )
