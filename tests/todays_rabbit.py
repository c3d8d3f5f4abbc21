"""What RabbitMQ refuses since 4.3, refused by any broker the tests run on.

Sources: the release notes of 4.3.0 (deprecated features that are now denied, classic queues of version 1 removed). To
try the real thing, name such a broker: `XFH_BUS=amqp://… .venv/bin/python -m pytest tests/contract/test_buses.py`.
RabbitMQ 4.0 to 4.2 refuse the same with `deprecated_features.permit.transient_nonexcl_queues = false` and
`deprecated_features.permit.global_qos = false` in rabbitmq.conf.
"""

from collections.abc import Mapping
from functools import wraps
from typing import Any

import amqp
from amqp.exceptions import AMQPNotImplementedError, InternalError

NO_LONGER = {"x-queue-mode", "x-queue-master-locator", "x-ha-policy"}


def refusal(
    durable: bool, exclusive: bool, arguments: Mapping[str, Any] | None = None
) -> str:
    """Why a queue like this is refused; empty when it is not."""
    given = arguments or {}
    if not durable and not exclusive:
        return "transient_nonexcl_queues"
    if given.get("x-queue-version") == 1:
        return "x-queue-version"
    return next(iter(NO_LONGER & set(given)), "")


def refuse_as_today() -> None:
    """From now on, in this process."""
    declare, qos = amqp.Channel.queue_declare, amqp.Channel.basic_qos
    if hasattr(declare, "__wrapped__"):
        return

    @wraps(declare)
    def declare_as_today(
        self: amqp.Channel, queue: str = "", passive: bool = False, durable: bool = False, exclusive: bool = False,
        auto_delete: bool = True, nowait: bool = False, arguments: Any = None, **more: Any,
    ) -> Any:  # fmt: skip
        if not passive and (feature := refusal(durable, exclusive, arguments)):
            raise InternalError(f"Feature `{feature}` is deprecated: {queue}")
        return declare(
            self,
            queue,
            passive,
            durable,
            exclusive,
            auto_delete,
            nowait,
            arguments,
            **more,
        )

    @wraps(qos)
    def qos_as_today(
        self: amqp.Channel, size: int, count: int, a_global: bool, **more: Any
    ) -> Any:
        if a_global:
            raise AMQPNotImplementedError("Feature `global_qos` is deprecated")
        return qos(self, size, count, a_global, **more)

    amqp.Channel.queue_declare, amqp.Channel.basic_qos = declare_as_today, qos_as_today
