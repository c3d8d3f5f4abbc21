"""What somebody of a party is to who signs up."""

from schemas import fields

RELATIONS_IN_WORDS = {
    "self": "本人",
    "child": "孩子",
    "elder": "老人",
    "family": "家人",
}
RELATIONS = tuple(RELATIONS_IN_WORDS)


def relation() -> fields.OneOf:
    """As a command says it: left out, it is who signs up, and a guest is of the family."""
    return fields.OneOf(
        RELATIONS,
        RELATIONS_IN_WORDS,
        load_default="self",
        metadata={"description": "与报名人的关系；同行的人不填为家人"},
    )
