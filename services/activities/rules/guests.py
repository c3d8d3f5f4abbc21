"""Whom a name in a command means: whoever signs up says themself or their guests, and nobody else."""

from schemas.documents import Json
from schemas.persons import called, guest, is_guest, principal
from services.kit.errors import Refused


def whom(by: str, said: str, path: str) -> str:
    """The id of whom `by` calls `said`. Raises `Refused` for somebody else's guest."""
    if said == by:
        return by
    if not is_guest(said):
        return guest(by, said)
    if principal(said) != by:
        raise Refused(
            "anothers_guest", "这是别人同行的人，请写您自己对同行人的称呼", path=path
        )
    return said


def named(by: str, member: Json, path: str) -> Json:
    """The member of a party of `by` with ids for names: a guardian is of the signer's naming as well."""
    said = [name for name in ("person", "guardian") if name in member]
    return {
        **member,
        **{name: whom(by, member[name], f"{path}/{name}".lstrip("/")) for name in said},
    }


def in_the_party(signup: Json, said: str) -> str:
    """The id of whoever is called `said` in a sign-up; "" when nobody is."""
    people = [member["person"] for member in signup["party"]]
    meant = (said, guest(signup["by"], said))
    return next((person for person in meant if person in people), "")


def must_be_in_the_party(signup: Json, said: str) -> str:
    person = in_the_party(signup, said)
    if not person:
        raise Refused(
            "not_in_the_party", f"{called(said)} 不在这次报名里", path="person"
        )
    return person
