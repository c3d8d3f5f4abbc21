"""Whom somebody may bring along, by the name their sign-up keeps; several of a kind each have their own."""

COMPANIONS = (
    ("child-1", "child", "孩子"),
    ("child-2", "child", "第二个孩子"),
    ("elder-1", "elder", "老人"),
    ("elder-2", "elder", "第二位老人"),
    ("family-1", "family", "家人"),
)
NAMED = {name: words for name, _, words in COMPANIONS}
