"""A member of a grid with doors to call at, and their phone."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from schemas.documents import Json
from tests.browser.accounts import Account, invited, sign_in
from tests.browser.district import COMMUNITY, GRID, door_of
from tests.browser.stage import Stage

WORKER = ("worker-1", "worker")
WALKS = itertools.count(50)


@dataclass
class Member:
    """A member of the grid with an account, and the doors they are about to call at."""

    stage: Stage
    account: Account
    doors: list[str]

    @property
    def walk(self) -> str:
        return f"/desk/doorstep/{COMMUNITY}/{GRID}/walk"

    def visits(self, door: str) -> list[Json]:
        listed = self.stage.told(f"/doors/{door}/visits", *WORKER)["items"]
        return list(listed)


def a_member(stage: Stage) -> Member:
    role = {"role": "grid_member", "scope": COMMUNITY}
    account = invited(stage, "万家访", "13800138420", **role)
    term = {"community": COMMUNITY, "grid": GRID, "person": account.person}
    stage.done("/grid-members", *WORKER, **term)
    doors = [door_of(stage, next(WALKS)) for _ in range(3)]
    return Member(stage, account, doors)


@contextmanager
def phone_of(browser: Browser, member: Member) -> Iterator[Page]:
    member.stage.says.clear()
    with member.stage.visit(browser) as page:
        sign_in(member.stage, page, member.account, "/desk")
        yield page
    said = [one for one in member.stage.says if "ERR_INTERNET" not in one]
    assert said == []


def found_at(stage: Stage, door: str) -> Json:
    told = stage.told(f"/findings?division={COMMUNITY}&limit=100", *WORKER)
    (found,) = [one for one in told["items"] if one["door"] == door]
    return dict(found)
