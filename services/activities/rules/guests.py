"""Whom a name in a command means: whoever signs up says themself or their guests, and nobody else."""

from schemas.documents import Json, pick_present
from schemas.persons import called, guest, is_guest, principal
from services.activities.model.parties import people_of
from services.kit.errors import Refused


def whom(by: str, name: str, path: str) -> str:
    """The id of whom `by` calls by that name. Raises `Refused` for somebody else's guest."""
    if name == by:
        return by
    if not is_guest(name):
        return guest(by, name)
    if principal(name) != by:
        says = "这是别人同行的人，请写您自己对同行人的称呼"
        raise Refused("anothers_guest", says, path=path)
    return name


def named(by: str, member: Json, path: str) -> Json:
    """The member of a party of `by` with ids for names: a guardian is of the signer's naming as well.

    A guest of whom nobody says what they are to `by` is of the family.
    """
    said = pick_present(member, "person", "guardian")
    for field, name in said.items():
        said[field] = whom(by, name, f"{path}/{field}".lstrip("/"))
    if is_guest(said["person"]) and member["relation"] == "self":
        said["relation"] = "family"
    return member | said


def in_the_party(signup: Json, name: str) -> str:
    """The id of whoever is called so in a sign-up; "" when nobody is."""
    people = people_of(signup)
    for person in (name, guest(signup["by"], name)):
        if person in people:
            return person
    return ""


def must_be_in_the_party(signup: Json, name: str) -> str:
    """The id of whoever is called so. Raises `Refused` when nobody is."""
    person = in_the_party(signup, name)
    if not person:
        says = f"{called(name)} 不在这次报名里"
        raise Refused("not_in_the_party", says, path="person")
    return person
