"""Two ids of one person: followed from people, and each session moved."""

import schemas.activities.merging  # noqa: F401  # Declares its events.
from services.activities.rules import merging
from services.kit.entrypoints import due, follows


class Merging:
    """The part of the table for who is merged into whom."""

    # A table: an entry a line.
    # fmt: off
    follow_merged = follows("people", "persons_merged.v1", merging.follow_merged)
    follow_undone = follows("people", "merge_undone.v1", merging.follow_undone)
    merge_seats = due("mergings", {}, merging.merge_seats, by="merge_at")
    part_seats = due("mergings", {}, merging.part_seats, by="part_at")
    # fmt: on
