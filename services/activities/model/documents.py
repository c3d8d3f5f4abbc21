"""The documents that most rules read, field by field: what folds remember of an activity and of who comes to it.

A moment is an instant in UTC, `2026-06-13T01:00:00Z`; a field that may not be there is `NotRequired`.
"""

from typing import NotRequired, TypedDict

from schemas.documents import Json


class Document(TypedDict):
    id: str
    seq: NotRequired[int]  # Of the latest event it reflects.


class Placed(TypedDict):
    """Whose it is, and where: codes of the divisions."""

    host: str
    community: str
    street: str
    district: str


class Posted(TypedDict):
    """What is said of the activity as a whole, of each of its sessions as well."""

    title: str
    summary: NotRequired[str]
    audience: NotRequired[str]
    category: str
    cohosts: list[str]
    terms: Json
    mode: NotRequired[str]
    hours: NotRequired[str]
    all_help: NotRequired[bool]
    helper_terms: NotRequired[Json]
    helper_hours: NotRequired[str]


class Planned(TypedDict):
    """When a session is, where and for how many."""

    starts_at: str
    ends_at: str
    cutoff: str
    capacity: int
    place: str
    grid: NotRequired[str]
    helpers: NotRequired[int]
    helpers_cutoff: NotRequired[str]
    kept_offline: NotRequired[int]
    kept_walk_in: NotRequired[int]


class Activity(Document, Placed, Posted, Planned):
    """With the times and seats of its first session. `shown` is `hidden`, `public` or `cancelled`."""

    state: str
    state_text: str
    shown: str
    session: str  # The first.
    sessions_count: int
    left: int  # Sessions that are neither over nor cancelled.
    held: int
    numbered: int  # The highest number a session ever had.
    offerings: list[Json]
    campaign: NotRequired[str]
    repeats: NotRequired[str]
    reason: NotRequired[str]
    report: NotRequired[str]
    waits_since: NotRequired[str]
    left_behind: NotRequired[list[Json]]
    title_warning: NotRequired[str]


class Session(Document, Placed, Posted, Planned):
    activity: str
    state: str
    state_text: str
    shown: str
    changes: int
    changed_at: str
    link: NotRequired[str]
    reason: NotRequired[str]
    report: NotRequired[str]
    moved: NotRequired[int]  # 1 when it was once at another time.
    begins_at: NotRequired[str]  # The doors are open.
    closes_at: NotRequired[str]  # It is still to be closed.
    closed_at: NotRequired[str]
    closed_by: NotRequired[str]
    closed_late: NotRequired[bool]
    settles: NotRequired[Json]  # {count, by} of those who did not check out.
    settle_hours_at: NotRequired[str]
    viewers: NotRequired[int]
    viewers_on: NotRequired[str]
    viewers_text: NotRequired[str]


class Seating(Document):
    """How many sit where: `taken` and `offered` are seats, `waiting` and `requested` are parties."""

    session: str
    role: str
    capacity: int
    kept_offline: int
    kept_walk_in: int
    frees_at: str  # What was kept for those not online is everybody's from then on.
    starts_at: NotRequired[str]
    settle_at: NotRequired[str]  # Seats are to be given away.
    tickets: int
    taken: int
    taken_offline: int
    taken_walk_in: int
    offered: int
    waiting: int
    requested: int
    late: int
    attended: int
    attended_walk_in: int
    minutes: int
    attended_minutes: int


class Signup(Document):
    activity: str
    session: str
    seating: str
    by: str
    party: list[Json]
    size: int
    ticket: int
    pool: str
    role: str
    role_text: str
    title: str
    starts_at: str
    state: str
    state_text: str
    position: int
    changed_at: str
    reason: NotRequired[str]
    moves: NotRequired[Json]
    answer_by: NotRequired[str]  # A seat is offered.
    asked_at: NotRequired[str]  # The host is to decide.
    host: NotRequired[str]
    community: NotRequired[str]
    street: NotRequired[str]
    district: NotRequired[str]


class Seat(Document):
    """One person in one session. Where and when it was held is said of who attended."""

    activity: str
    session: str
    signup: str
    person: str
    relation: str
    guardian: NotRequired[str]
    role: str
    role_text: str
    starts_at: str
    state: str
    scans: list[dict[str, str]]
    attended: bool
    minutes: int
    hours: str
    inside_since: str | None
    score: int | None
    inside: NotRequired[int]  # 1 while nobody knows when they left.
    entered: NotRequired[str]
    recorded: NotRequired[int]
    recorded_by: NotRequired[str]
    year: NotRequired[str]
    host: NotRequired[str]
    community: NotRequired[str]
    street: NotRequired[str]
    district: NotRequired[str]
    contest: NotRequired[str]
    appraisal: NotRequired[str]
    note: NotRequired[str]
