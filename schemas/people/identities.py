"""Who somebody is elsewhere: with a provider that says so. Linked to an account by who is signed in to it."""

from schemas import fields
from schemas.events import event
from schemas.people.accounts import OfAccount
from schemas.people.parts import person
from schemas.people.persons import OfPerson
from schemas.people.sessions import Entering, hashed

PROVIDER = "[a-z][a-z0-9-]{0,19}"


def provider() -> fields.Code:
    complaint = fields.Complaint("bad_provider", "没有这个登录服务")
    return fields.Code(PROVIDER, complaint, required=True)


class Identity(fields.Schema):
    """As the provider says it: `issuer` and `subject` together are one person's for ever."""

    provider = provider()
    issuer = fields.Text(200, required=True, metadata={"personal": True})
    subject = fields.Text(255, required=True, metadata={"personal": True})


class LinkIdentity(Identity, OfPerson):
    pass


class UnlinkIdentity(OfPerson):
    identity = hashed()


class EnterByIdentity(Identity, Entering):
    pass


# Events


@event("identity_linked.v1")
class IdentityLinked(OfAccount):
    """`identity` is a keyed hash of issuer and subject."""

    identity = hashed()
    provider = provider()
    person = person()


@event("identity_unlinked.v1")
class IdentityUnlinked(OfAccount):
    identity = hashed()
    person = person()
