"""Three RabbitMQ nodes, of which one is lost."""

import signal

from tests.faults.nodes import Node, nodes
from tests.faults.plan import Load
from tests.faults.proxy import proxied
from tests.faults.scenarios import scenario
from tests.faults.stage import Ground, Terms
from tests.servers import text


@scenario(
    "cluster-node-lost",
    "of three RabbitMQ nodes the one everybody is connected to is killed outright",
)
def node_lost(ground: Ground) -> None:
    with nodes(ground.folder, 3) as (first, second, third):
        for other in (second, third):
            join(other, first)
        doors = [("127.0.0.1", node.port) for node in (first, second, third)]
        with proxied() as balancer:
            url = f"amqp://guest:guest@{text(balancer.to(*doors))}//"
            with ground.under_load(url, Terms(Load(seconds=12))) as stage:
                stage.must_be_felt = True
                stage.at(3)
                first.stop(signal.SIGKILL)


def join(node: Node, other: Node) -> None:
    node.control("stop_app")
    node.control("join_cluster", other.name)
    node.control("start_app")
