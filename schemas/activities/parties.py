"""Who is signed up together, and how each of them is said."""

from schemas import fields
from schemas.activities.relations import relation
from schemas.persons import Person

MOST_IN_A_PARTY = 6


class Participant(fields.Schema):
    """A member of a party: who signs up, or a guest of theirs. The day of birth is never kept.

    In commands a guest is said by the name the signer calls them; events and documents have the guest's id.
    """

    person = Person(
        required=True,
        metadata={
            "description": "报名人自己的编号；同行的人写您对他的称呼，如 grandma"
        },
    )
    relation = relation()
    community = fields.Division(
        "community", metadata={"description": "居住社区，限社区的活动要填"}
    )
    household = fields.Id(metadata={"description": "户编号，每户限报一次的活动要填"})
    guardian = Person(
        metadata={
            "description": "未成年人的监护人：报名人或一位同行的人，孩子不填时为报名人"
        }
    )


def born() -> fields.Day:
    """Looked at and kept nowhere, not even in what tells one request from another."""
    about = "出生日期，限年龄的活动和未成年人要填；只用于核对，不保存"
    return fields.Day(metadata={"description": about, "personal": True})


class SaidParticipant(Participant):
    born = born()


def party(member: type[Participant] = Participant) -> fields.Many:
    return fields.Many(
        fields.Part(member),
        1,
        MOST_IN_A_PARTY,
        code="party_size",
        what="人",
        required=True,
        metadata={"description": "一起报名的人"},
    )
