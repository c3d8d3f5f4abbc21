"""The broker stopped, killed, frozen, and every connection to it closed."""

import signal

from tests.faults.nodes import node
from tests.faults.plan import Load
from tests.faults.scenarios import scenario
from tests.faults.stage import Ground, Terms

LONG = Terms(load=Load(seconds=12))


@scenario("broker-stopped", "RabbitMQ is stopped for four seconds and started again")
def stopped(ground: Ground) -> None:
    with node(ground.folder) as broker, ground.under_load(broker.url, LONG) as stage:
        stage.must_be_felt = True
        stage.at(2)
        broker.stop()
        stage.at(6)
        broker.start()


@scenario("broker-killed", "RabbitMQ is killed outright and started again at once")
def killed(ground: Ground) -> None:
    with ground.own_broker() as broker, ground.under_load(broker.url, LONG) as stage:
        stage.must_be_felt = True
        stage.at(2)
        broker.stop(signal.SIGKILL)
        broker.start()


@scenario(
    "broker-frozen",
    "RabbitMQ keeps every connection but does nothing for seven seconds",
)
def frozen(ground: Ground) -> None:
    with node(ground.folder) as broker, ground.under_load(broker.url, LONG) as stage:
        stage.must_be_felt = True
        stage.at(2)
        broker.send(signal.SIGSTOP)
        stage.at(9)
        broker.send(signal.SIGCONT)


@scenario(
    "connections-closed", "every AMQP connection is closed by the broker, three times"
)
def connections_closed(ground: Ground) -> None:
    with node(ground.folder) as broker, ground.under_load(broker.url) as stage:
        for moment_s in (2, 4, 6):
            stage.at(moment_s)
            broker.control("close_all_connections", "faults")
