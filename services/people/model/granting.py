"""Who may grant what: by the role of who decides, which roles, and how narrow their scope must be.

A role is granted inside the scope of who grants it. What is a fact of another service, like the term of a branch's
secretary, is not granted here a second time.
"""

from dataclasses import dataclass

DISTRICT, STREET, COMMUNITY, UNIT, PARTNER = (
    "district",
    "street",
    "community",
    "unit",
    "partner",
)
OF_DIGITS = {6: DISTRICT, 9: STREET, 12: COMMUNITY}
# What a role is held for.
SCOPES = {
    "district_admin": (DISTRICT,),
    "district_analyst": (DISTRICT,),
    "street_admin": (STREET,),
    "community_worker": (COMMUNITY, STREET),
    "unit_liaison": (UNIT,),
    "partner_manager": (PARTNER,),
    "branch_secretary": ("branch",),
    "grid_member": (COMMUNITY,),
}
OF_A_STREET = (
    "community_worker",
    "unit_liaison",
    "partner_manager",
    "branch_secretary",
    "grid_member",
)
GRANTS = {
    "district_admin": (
        "district_admin",
        "district_analyst",
        "street_admin",
        *OF_A_STREET,
    ),
    "street_admin": OF_A_STREET,
}


# Who is held to a second factor.
ADMINISTRATORS = ("street_admin", "district_admin")


@dataclass(frozen=True, slots=True)
class Office:
    """A role for a scope."""

    role: str
    scope: str

    @property
    def is_possible(self) -> bool:
        """Whether the role is held for such a scope at all."""
        return kind_of(self.scope) in SCOPES[self.role]


def kind_of(scope: str) -> str:
    """`street` for nine digits, `unit` for `unit/…`."""
    return (
        OF_DIGITS.get(len(scope), "")
        if scope.isdigit()
        else scope.split("/", maxsplit=1)[0]
    )


def granters_of(role: str) -> tuple[str, ...]:
    """The roles of who may grant it."""
    return tuple(by for by, granted in GRANTS.items() if role in granted)
