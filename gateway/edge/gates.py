"""What stands behind an address: whose places it takes, and which commands somebody must be allowed to ask."""

from dataclasses import dataclass

from werkzeug.routing import Map

from gateway.edge.addresses import API

OPEN = {
    "/.well-known/jwks.json",
    "/api/docs",
    f"{API}/",
    f"{API}/openapi.json",
    "/healthz",
    "/readyz",
    "/static/<path:filename>",
}


@dataclass(frozen=True, slots=True)
class Gate:
    """`rooms` are those in which a place is taken, in this order; `commands` are of the `service`.

    Without rooms a place is taken behind it, for each service as it is asked.

    `is_secret`: whoever has the address is shown what is behind it.
    """

    rooms: tuple[str, ...]
    service: str = ""
    commands: tuple[str, ...] = ()
    is_secret: bool = False


Address = tuple[str, str]  # GET or POST, and the path as the routes have it.
Gates = dict[Address, Gate]


def asking(*services: str, is_secret: bool = False) -> Gate:
    """A question, which takes a place in the rooms of these services."""
    return Gate(services, is_secret=is_secret)


def commanding(service: str, *commands: str, before: str = "") -> Gate:
    """`before` is a room in which a place is taken first."""
    return Gate((before, service) if before else (service,), service, commands)


def must_be_complete(gates: Gates, addresses: Map) -> None:
    """Raises `TypeError` when there is an address that neither is `OPEN` nor has its gates."""
    for rule in addresses.iter_rules():
        address = rule.rule
        if address in OPEN:
            continue
        for method in {"GET", "POST"} & (rule.methods or set()):
            if (method, address) not in gates:
                raise TypeError(f"{method} {address} has no gate")
