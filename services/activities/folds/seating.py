"""What is remembered of a seating: how many sit, wait and came there, and when what is free is to be given away."""

from schemas.documents import Json, without
from services.activities.model.lifecycles import SEATED
from services.activities.model.roles import seating_of, seatings_of
from services.activities.model.seating import POOLS, free_for, is_being_settled
from services.kit.log import Event
from services.kit.views import Collection, Overlay

COLLECTIONS = (Collection("seatings", (("settle_at",), ("id",))),)
COUNTED = (
    *("taken", "taken_offline", "taken_walk_in", "offered", "tickets", "late"),
    *("waiting", "requested"),
    *("attended", "attended_walk_in", "minutes", "attended_minutes"),
    *("kept_offline", "kept_walk_in"),
)
EMPTY: Json = dict.fromkeys(COUNTED, 0)


def put_seating(
    docs: Overlay, session: Json, role: str, places: Json, event: Event
) -> None:
    """The seating with as many places as the session has for that role now; those who sit or wait there still do."""
    id = seating_of(session, role)
    before = docs.get("seatings", id)
    empty = EMPTY | {"id": id, "session": session["id"], "role": role}
    seating = (before or empty) | without(places, "cutoff")
    seating["frees_at"] = places["cutoff"]
    seating["starts_at"] = session["starts_at"]
    after = settled(seating, event)
    if before and _has_freed(before, seating, event):
        after = to_settle(after, event)
    was_put_off = event.time < seating["frees_at"]
    if seating["offered"] and was_put_off:  # Offers become seats.
        after = after | {"settle_at": event.time}
    docs.put("seatings", after)


def seatings_at(docs: Overlay, session: Json) -> list[Json]:
    """That of the session, and that of its helpers where they have one of their own."""
    return [docs.the("seatings", id) for id in seatings_of(session)]


def _has_freed(before: Json, seating: Json, event: Event) -> bool:
    """Whether there are seats to give away: more than before for somebody, or still those of an earlier change."""
    now = event.time
    for pool in POOLS:
        if free_for(pool, seating, now) > free_for(pool, before, now):
            return True
    return is_being_settled(before, now)


def to_settle(seating: Json, event: Event) -> Json:
    """The seating when seats became free that nobody got yet: they are for those who wait."""
    if not seating["waiting"]:
        return seating
    return seating | {"settle_at": event.time}


def settled(seating: Json, event: Event) -> Json:
    """The seating with nothing to give away, until the cutoff frees what was kept for those not online.

    Nobody waits any more when the session begins; one that is cancelled never does.
    """
    moments = []
    if seating["kept_offline"] and event.time < seating["frees_at"]:
        moments.append(seating["frees_at"])
    if "starts_at" in seating and (seating["waiting"] or seating["requested"]):
        moments.append(seating["starts_at"])
    rest = without(seating, "settle_at")
    return rest | {"settle_at": min(moments)} if moments else rest


def after_signup(seating: Json, event: Event) -> Json:
    """The seating after a sign-up changed: what there is to give away is still to be given."""
    if is_being_settled(seating, event.time):
        return seating
    return settled(seating, event)


def counted(seating: Json, signup: Json, before: str, after: str) -> Json:
    """The seating after a sign-up went from one state to another; "" is before there was one."""
    parties = {}
    for state in ("waiting", "requested"):
        parties[state] = seating[state] + (after == state) - (before == state)
    return seats_counted(seating, signup, before, after) | parties


def seats_counted(seating: Json, signup: Json, before: str, after: str) -> Json:
    """The same of its seats alone: as many as the sign-up's `size`."""
    changes = {
        "taken": (after == "confirmed") - (before == "confirmed"),
        "offered": (after == "offered") - (before == "offered"),
    }
    if signup["pool"] != "online":
        seated = (after in SEATED) - (before in SEATED)
        changes[f"taken_{signup['pool']}"] = seated
    seats = {}
    for name, change in changes.items():
        seats[name] = seating[name] + change * signup["size"]
    return seating | seats


def counted_late(seating: Json, event: Event, given_up: Json) -> Json:
    """The seating with the seats that were given up after the cutoff; who came unasked never had one."""
    was_seated = given_up["state"] == "confirmed" and given_up["pool"] != "walk_in"
    if not event.data["late"] or not was_seated:
        return seating
    return seating | {"late": seating["late"] + given_up["size"]}
