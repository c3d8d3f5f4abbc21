"""The demonstration's partner: admitted, suspended, and reinstated."""

from schemas.documents import Json, pick
from services.kit.actor import Role
from services.xfh.demo.day import Day


def suspend_and_reinstate(day: Day) -> None:
    """The partner is the organisation of the last unit with an offering: its offering pauses, and comes back."""
    number = max(day.offerings)
    unit = day.plan.units[number].body
    street = day.street(unit["community"])
    day.partner = _admit(day, unit, street)
    path = f"/partners/{day.partner}"
    reason = {"reason": "执照年检（演示）", "confirm": True}
    day.do(f"{path}/suspend", street, reason, "partner-suspend")
    is_suspended = day.get(path, street)["state"] == "suspended"

    def is_paused() -> bool:
        offering = day.get(f"/offerings/{day.offerings[number]}", street)
        return "suspension" in offering["pauses"]

    if is_suspended:  # Lived before, it was reinstated then.
        day.until(is_paused)
    day.do(f"{path}/reinstate", street, {}, "partner-reinstate")
    day.until(lambda: not is_paused())


def _admit(day: Day, unit: Json, street: str) -> str:
    scope = unit["community"][:6]
    manager = day.token("demo-partner-manager", (Role("partner_manager", scope),))
    about = {
        "kind": "驻区单位",
        "categories": ["便民服务"],
        "contact_role": "联络员",
    }
    body = pick(unit, "name", "credit_code", "community") | about
    partner = day.new("/partners", manager, body, "partner")
    day.do(f"/partners/{partner}/approve", street, {}, "partner-approve")
    return partner
