"""Every queue and exchange of the platform: its name, and what RabbitMQ is told of it.

RabbitMQ from 4.3 on refuses queues that are neither durable nor exclusive, and a prefetch for a whole channel. So what
outlives its connection is durable, though no message in it need be: where nobody has come for a while it goes.
"""

from uuid import uuid4

from kombu import Exchange, Queue, binding

from services.kit.log import Types

IDLE_QUEUE_S = 60
MOST_NEWS = 1000
ASKED = ".asked"
STAND_IN = ".asked.stand-in"


def request_queues(service: str) -> tuple[Queue, Queue]:
    """Where all replicas of a service take requests from, and what stands in for it; gone a minute after the last.

    What is durable lies on one node of a cluster, and cannot be made anew while that node is down: then requests come
    back to who asked, and go to the stand-in.

    Until 0.1 the queue was `<service>.rpc`, not durable. Processes from before and after do not hear each other: in an
    upgrade that leaves some running, what is asked across is a 503 for a while, to be repeated with the same key.
    """
    first, stand_in = (
        Queue(f"{service}{end}", durable=True, expires=IDLE_QUEUE_S)
        for end in (ASKED, STAND_IN)
    )
    return first, stand_in


def asked_of(service: str) -> str:
    """The name of the queue that requests are sent to."""
    return f"{service}{ASKED}"


def asked_service(queue: str) -> str:
    """The service whose queue, or whose stand-in's, has that name."""
    return queue.removesuffix(STAND_IN).removesuffix(ASKED)


def answer_queue() -> Queue:
    """Where one connection takes answers from. A new name for each: the broker may still hold a lost one's."""
    return Queue(
        f"answers.{uuid4().hex}", exclusive=True, auto_delete=True, durable=False
    )


def events_of(service: str) -> str:
    """The name of the exchange its events are published to."""
    return f"{service}.events"


def news_of(service: str) -> str:
    """The name of the exchange for those who only listen."""
    return f"{service}.news"


def events_exchange(service: str) -> Exchange:
    """Durable, routed by the type of the event."""
    return Exchange(events_of(service), type="topic", durable=True)


def doorbell_queue(follower: str, source: str, types: Types) -> Queue:
    """Bound to the types followed. One replica at a time is rung; the last of many doorbells says as much as all."""
    arguments = {
        "x-queue-type": "quorum",
        "x-single-active-consumer": True,
        "x-max-length": 1,
    }
    bindings = [
        binding(events_exchange(source), routing_key=type) for type in sorted(types)
    ]
    return Queue(
        f"{follower}.follows.{source}",
        bindings=bindings,
        durable=True,
        queue_arguments=arguments,
    )


def news_exchange(service: str) -> Exchange:
    """Where it is said, of each event, only in which stream it is: a message for as many as come together."""
    return Exchange(news_of(service), type="fanout", durable=True)


def listening_queue(service: str) -> Queue:
    """Where one connection hears what is new. The oldest goes when it is full, which whoever listens notices."""
    return Queue(
        f"{service}.heard.{uuid4().hex}", news_exchange(service),
        exclusive=True, auto_delete=True, durable=False, queue_arguments={"x-max-length": MOST_NEWS},
    )  # fmt: skip
