"""What is said of seals, and the tree whose root they name."""

import hashlib

from schemas.events import check
from schemas.kit import LogSealed
from schemas.seals import Seal, SealLog
from services.kit.seals.roots import canonical, root_of
from services.kit.seals.signing import digest_of, short
from tests.contract.engines import event
from tests.examples import seals


def test_the_examples_fit() -> None:
    assert SealLog().load(seals.SEAL_LOG) == seals.SEAL_LOG
    assert Seal().validate(seals.SEAL) == {}
    assert LogSealed().validate(seals.LOG_SEALED) == {}
    check("log_sealed.v1", seals.LOG_SEALED)


def test_the_root_is_that_of_rfc_6962() -> None:
    """Leaves and nodes are told apart, and who has no neighbour goes up as it is."""
    events = [event(seq) for seq in (1, 2, 3)]
    a, b, c = (_hash(b"\0" + canonical(each.as_dict())) for each in events)
    assert root_of(events[:1]) == a.hex()
    assert root_of(events) == _hash(b"\1" + _hash(b"\1" + a + b) + c).hex()


def _hash(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def test_a_digest_says_all_that_is_stated_and_nothing_else() -> None:
    seal = seals.SEAL
    assert digest_of(seal) == digest_of(seals.LOG_SEALED)
    for name in seals.LOG_SEALED.keys() - {"kid", "signature"}:
        assert digest_of(seal | {name: "another"}) != digest_of(seal)
    assert short("1f3a02bc77de90aa" * 4) == "1f3a-02bc-77de-90aa"
