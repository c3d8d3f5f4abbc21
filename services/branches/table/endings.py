"""How branches end."""

from schemas.branches import endings as schemas
from services.branches.rules import endings
from services.district.authority import STREET
from services.kit.entrypoints import command

BRANCH = ("branches", "branch")


class Endings:
    merge_branch = command(
        schemas.MergeBranch, endings.merge_branch, by=STREET, shows=BRANCH
    )
    dissolve_branch = command(
        schemas.DissolveBranch, endings.dissolve_branch, by=STREET, shows=BRANCH
    )
