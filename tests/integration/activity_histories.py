"""Random histories of what happens to activities: people sign up, change their minds, come, go, and are put right.

The days are the last of a year: sessions begin before and after midnight, in both years.
"""

import random
from datetime import UTC, datetime, timedelta

from schemas.documents import Json
from schemas.fields import instant
from schemas.persons import principal
from services.activities.rules import codes
from services.kit.actor import Actor, Role
from services.kit.views import Find
from tests.examples.activities import POSTING
from tests.integration.activity_stage import Stage

BEGINS = datetime(2026, 12, 30, 4, 0, tzinfo=UTC)
FIRST = datetime(
    2026, 12, 31, 14, 0, tzinfo=UTC
)  # Ten at night in China; what repeats is in the new year.
HOSTS = ("510108015001", "510108016001")
PEOPLE = [f"R{number}" for number in range(11)]
PHONES = {
    "D1": 0,
    "D2": 300,
    "D3": -7200,
}  # By how many seconds the clock of each device is ahead.
STANDING = ("confirmed", "waiting", "requested", "offered")

SIGNING = (
    *(
        *["sign_up"] * 9,
        "help",
        "cancel",
        "decide",
        "decide",
        "resize",
        "move",
        "share",
        "drop",
    ),
    *("pass_on", "add", "join", "leave"),
)
ANSWERING = (
    *(
        "sign_up",
        "resize",
        *["give_up"] * 3,
        *["accept"] * 3,
        "cancel",
        "decide",
        "decide",
    ),
    *("pass_on", "add", "join", "leave", "leave", "drop"),
)
ATTENDING = (
    *(
        *["scan"] * 6,
        "upload",
        "upload",
        "paper",
        "paper",
        *["door"] * 3,
        *["walk_in"] * 3,
        "let_in",
        "undo",
        "undo",
    ),
    *(
        "share",
        "share",
        "correct",
        "contest",
        "rate",
        "rate",
        "begin_or_end",
        "begin_or_end",
        "cancel",
        "sign_up",
    ),
)
WRONG = ("retry", "crash", "crash_following", "rest")


class History:
    """Two activities of several sessions that overlap, in two places, one with a co-host and one that decides."""

    def __init__(self, stage: Stage, seed: int):
        self.stage = stage
        self._luck = random.Random(seed)
        self._showing = random.Random(
            f"codes {seed}"
        )  # Of its own, so that what else happens stays the same.
        self._roles = random.Random(f"roles {seed}")  # Likewise.
        self._bags: dict[str, list[Json]] = {device: [] for device in PHONES}
        self.sent: dict[
            str, tuple[str, str]
        ] = {}  # By device and nonce: when it was, and how it counts.
        self._true: dict[str, str] = {}
        self._posted = [self._post(number) for number in range(2)]

    def play(self, steps: int) -> None:
        """A third of the steps before the cutoff of the first session, a third until it begins, the rest during it."""
        for places, until in (
            (SIGNING, FIRST - timedelta(hours=5)),
            (ANSWERING, FIRST - timedelta(minutes=70)),
            (ATTENDING, FIRST + timedelta(days=3)),
        ):
            if places is ATTENDING:
                self._open_doors()
            for left in range(steps // 3, 0, -1):
                self.stage.now += (
                    min((until - self.stage.now) / left, timedelta(hours=2))
                    * self._luck.random()
                )
                step = self._luck.choice(
                    WRONG if self._luck.random() < 0.15 else places
                )
                getattr(self, f"_{step}")()
            self.stage.now = max(self.stage.now, until - timedelta(minutes=1))
        for device in PHONES:
            self._send(device)
        self.stage.rest()

    def _post(self, number: int) -> str:
        starts = FIRST + timedelta(minutes=60 * number)
        posting = {
            **{name: value for name, value in POSTING.items() if name != "campaign"},
            "host": f"community/{HOSTS[number]}",
            "community": HOSTS[number],
            "starts_at": instant(starts),
            "ends_at": instant(starts + timedelta(hours=2)),
            "cutoff": instant(starts - timedelta(hours=self._luck.choice((3, 5)))),
            "capacity": self._luck.randint(3, 7),
            "kept_offline": self._luck.randint(0, 1),
            "kept_walk_in": self._luck.randint(1, 2),
            "category": self._luck.choice(("助老", "文体")),
            **({"grid": "W-0"} if number else {}),
            "cohosts": [self.stage.unit] if number else [],
            "repeats": f"FREQ=DAILY;COUNT={self._luck.randint(2, 3)}",
            **(
                {"hours": self._showing.choice(("in_out", "length", "none"))}
                if number
                else {}
            ),
            **(
                {"mode": "both", "link": "https://live.example.org/0"} if number else {}
            ),
            "terms": {"approval": True} if number and self._luck.random() < 0.5 else {},
            **self._for_helpers(starts),
        }
        keeper = keeper_of_place(HOSTS[number])
        id = str(self.stage.do("draft_activity", posting, keeper)["id"])
        for method in ("publish_activity", "open_activity"):
            self.stage.do(method, {"activity": id}, keeper)
        return id

    def _for_helpers(self, starts: datetime) -> Json:
        """Places beside the others, with a deadline of their own, or all of them."""
        if self._roles.random() < 0.3:
            return {"all_help": True}
        cutoff = instant(starts - timedelta(hours=self._roles.choice((4, 6))))
        hours = (
            {"helper_hours": self._roles.choice(("in_out", "length"))}
            if self._roles.random() < 0.5
            else {}
        )
        return {"helpers": self._roles.randint(1, 3), "helpers_cutoff": cutoff, **hours}

    def _as(self) -> Json:
        """As what somebody wants to come, at times what the session has no places for."""
        return {"role": "helper"} if self._roles.random() < 0.4 else {}

    # Signing up

    def _sign_up(self) -> None:
        session = self._session()
        there = {
            principal(seat["person"])
            for seat in self._seats_of(session)
            if seat["state"] in STANDING
        }
        elsewhere = [
            person
            for person in PEOPLE
            if person not in there or self._luck.random() < 0.1
        ]
        people = self._luck.sample(
            elsewhere, min(len(elsewhere), self._luck.choice((1, 1, 1, 2, 2, 3)))
        )
        if people:
            self.stage.attempt(
                "sign_up",
                {**_asks(session, people), **self._as()},
                _resident(people[0]),
            )

    def _help(self) -> None:
        people = self._luck.sample(PEOPLE, 1)
        asks = _asks(self._session(), people)
        self.stage.attempt(
            "sign_up", {**asks, "by": people[0]}, self._keeper_of(asks["activity"])
        )

    def _cancel(self) -> None:
        self._with_signup("cancel_signup", {}, *STANDING)

    def _give_up(self) -> None:
        """A seat, which is given or offered to somebody else once the platform comes to it."""
        self._with_signup("cancel_signup", {}, "confirmed")
        self.stage.rest()

    def _decide(self) -> None:
        method, said = self._luck.choice(
            (("approve_signup", {}), ("decline_signup", {"reason": "人满"}))
        )
        self._with_signup(method, said, "requested")

    def _accept(self) -> None:
        self._with_signup("accept_offer", {}, "offered", "lapsed")

    def _pass_on(self) -> None:
        for signup in self._signups("confirmed"):
            to = {"person": self._luck.choice(PEOPLE), "relation": "family"}
            command = {
                "signup": signup["id"],
                "person": self._luck.choice(signup["party"])["person"],
                "to": to,
            }
            self.stage.attempt("pass_on", command, _resident(signup["by"]))

    def _add(self) -> None:
        for signup in self._signups("confirmed", "waiting", "requested"):
            member = {"person": self._luck.choice(PEOPLE), "relation": "family"}
            self.stage.attempt(
                "add_to_party",
                {"signup": signup["id"], "member": member},
                _resident(signup["by"]),
            )

    def _join(self) -> None:
        """Mostly one who has no seat there, by the name of a guest."""
        for signup in self._signups(*STANDING):
            command = {
                "signup": signup["id"],
                "person": self._luck.choice(signup["party"])["person"],
            }
            self.stage.attempt(
                "join_party", command, _resident(self._luck.choice(PEOPLE))
            )

    def _leave(self) -> None:
        """By whoever answers for the seat; at times the host takes somebody out."""
        for signup in self._signups(*STANDING):
            person = self._luck.choice(signup["party"])["person"]
            command = {"signup": signup["id"], "person": person}
            if self._luck.random() < 0.7:
                self.stage.attempt("leave_party", command, _resident(principal(person)))
            else:
                keeper = self._keeper_of(signup["activity"])
                self.stage.attempt(
                    "leave_party", {**command, "reason": "场地变小"}, keeper
                )

    def _with_signup(self, method: str, said: Json, *states: str) -> None:
        for signup in self._signups(*states):
            self.stage.attempt(
                method,
                {"signup": signup["id"], **said},
                self._keeper_of(signup["activity"]),
            )

    def _signups(self, *states: str) -> list[Json]:
        """One in such a state, of the first session that has one."""
        for activity in self._luck.sample(self._posted, 2):
            find = Find("signups", {"session": self._session(activity)["id"]}, "ticket")
            such = [
                signup
                for signup in self.stage.host.store.views.find(find)
                if signup["state"] in states
            ]
            if such:
                return [self._luck.choice(such)]
        return []

    # Changing what was published

    def _resize(self) -> None:
        """Somebody may come before the seats that are free now are given to those who wait."""
        session = self._session()
        more = (
            {"helpers": self._roles.randint(0, 4)} if self._roles.random() < 0.3 else {}
        )
        self._change(session, {"capacity": self._luck.randint(3, 9), **more})
        people = self._luck.sample(PEOPLE, self._luck.randint(1, 2))
        self.stage.attempt("sign_up", _asks(session, people), _resident(people[0]))

    def _move(self) -> None:
        session = self._session()
        starts = datetime.fromisoformat(session["starts_at"]) + timedelta(
            hours=self._luck.choice((-3, -1, 1, 2))
        )
        self._change(
            session,
            {"starts_at": instant(starts), "grid": f"W-{session['changes'] % 3}"},
        )

    def _change(self, session: Json, said: Json) -> None:
        which = self._luck.choice(("one", "following", "all"))
        about = {
            "activity": session["activity"],
            "session": session["id"],
            "which": which,
            "reason": "换场地",
        }
        self.stage.attempt(
            "change_activity", {**about, **said}, self._keeper_of(session["activity"])
        )

    def _share(self) -> None:
        """Others are told of as co-hosts: what somebody has attended already keeps those it had."""
        activity = self._luck.choice(self._posted)
        shared = self.stage.one("activities", activity)["cohosts"]
        cohosts = [] if shared else [self.stage.unit]
        said = {"activity": activity, "cohosts": cohosts, "reason": "新增协办"}
        self.stage.attempt("change_activity", said, self._keeper_of(activity))
        self._speak(activity)

    def _speak(self, activity: str) -> None:
        """The host writes to those who signed up, and says how many watched where somebody could."""
        keeper = self._keeper_of(activity)
        self.stage.attempt(
            "tell_signed_up", {"activity": activity, "words": "请带水杯"}, keeper
        )
        sessions = Find("sessions", {"activity": activity}, "starts_at")
        for number, session in enumerate(
            self.stage.host.store.views.find(sessions), start=1
        ):
            viewers = {
                "activity": activity,
                "session": session["id"],
                "viewers": 100 * number,
            }
            self.stage.attempt("report_viewers", viewers, keeper)

    def _drop(self) -> None:
        if self._luck.random() < 0.2:
            session = self._session()
            command = {
                "activity": session["activity"],
                "session": session["id"],
                "which": "one",
                "reason": "雨",
            }
            self.stage.attempt(
                "cancel_sessions", command, self._keeper_of(session["activity"])
            )

    # At the door

    def _scan(self) -> None:
        """Several people come or go past one device, which is offline and keeps what it saw."""
        device = self._luck.choice([*PHONES])
        seats = self._seats()
        for seat in self._luck.sample(seats, min(len(seats), 3)):
            for direction in self._luck.choice(
                (("in",), ("in", "out"), ("in", "out"), ("out",))
            ):
                of = self._at(seat)
                about = {
                    "direction": direction,
                    "device": device,
                    "nonce": self._nonce(),
                }
                self._true[about["nonce"]] = of["at"]
                at = datetime.fromisoformat(of["at"])
                shown = {"at": instant(at + timedelta(seconds=PHONES[device]))}
                self._bags[device].append({**self._read_off(of, at), **about, **shown})

    def _read_off(self, of: Json, at: datetime) -> Json:
        """The code the person shows, where they show one; else somebody types who it is."""
        if self._showing.random() < 0.4:
            return of
        shown_since = at - timedelta(milliseconds=self._showing.randrange(120_000))
        code = codes.own_code(
            of["person"], self.stage.settings.door_key(), shown_since
        )["code"]
        return {
            **{name: of[name] for name in ("activity", "session")},
            "own_code": code,
        }

    def _upload(self) -> None:
        self._send(self._luck.choice([*PHONES]))

    def _send(self, device: str) -> None:
        """In any order, some of it twice, all of it again with the next upload but for what is hopeless."""
        bag = self._bags[device]
        sent = self._luck.sample(
            [*bag, *self._luck.sample(bag, len(bag) // 3)], len(bag) + len(bag) // 3
        )
        device_now = instant(self.stage.now + timedelta(seconds=PHONES[device]))
        for scan in sent:
            keeper = self._keeper_of(scan["activity"])
            refusal = self.stage.attempt(
                "record_scan", {**scan, "device_now": device_now}, keeper
            )
            if (
                refusal not in ("", "scan_known", "in_the_future", "still_waiting")
                and scan in bag
            ):
                bag.remove(scan)
            if not refusal:
                seen = "own_code" in scan and abs(PHONES[device]) <= 600
                way = "scanned" if seen else "backfilled"
                self.sent[f"{device}:{scan['nonce']}"] = (
                    self._true[scan["nonce"]],
                    way,
                )

    def _paper(self) -> None:
        for seat in self._seats()[:1]:
            self._mark(seat, self._luck.choice(("in", "out")), self._at(seat)["at"])

    def _mark(self, seat: Json, direction: str, at: str) -> None:
        """On paper, which is typed in twice."""
        of = {name: seat[name] for name in ("activity", "session", "person")}
        mark = {**of, "direction": direction, "at": at}
        for _ in range(2):
            self.stage.attempt("record_paper", mark, self._keeper_of(seat["activity"]))

    def _door(self) -> None:
        for seat in self._seats()[:1]:
            method = "check_out" if seat["inside_since"] else "check_in"
            self.stage.attempt(
                method, self._at(seat), self._keeper_of(seat["activity"])
            )

    def _walk_in(self) -> None:
        """Somebody who has a seat at another session of that time, and is then said to have been at both."""
        there, here = self._luck.sample(self._posted, 2)
        elsewhere = self._session(there)
        session = min(self._sessions(here), key=lambda each: _apart(each, elsewhere))
        both = max(session["starts_at"], elsewhere["starts_at"])
        came = _after(both, self._luck.choice((-10, 10, 30)))
        self.stage.now = max(self.stage.now, datetime.fromisoformat(_after(both, 70)))
        for seat in [
            seat for seat in self._seats_of(elsewhere) if seat["state"] == "confirmed"
        ][:2]:
            for direction, minutes in (("in", 20), ("out", 50)):
                self._mark(seat, direction, _after(both, minutes))
            of = {"activity": here, "session": session["id"], "person": seat["person"]}
            said = {
                "at": came,
                **self._as(),
                **({"reason": "大家都想来"} if self._showing.random() < 0.5 else {}),
            }
            if not self.stage.attempt("walk_in", {**of, **said}, self._keeper_of(here)):
                self._mark(of, "out", _after(both, 60))

    def _let_in(self) -> None:
        """Whose turn did not come while waiting, and who came all the same."""
        session = self._session()
        for seat in [
            seat for seat in self._seats_of(session) if seat["state"] == "missed"
        ][:2]:
            of = {name: seat[name] for name in ("activity", "session", "person")}
            self.stage.attempt(
                "walk_in",
                {**of, "at": session["starts_at"]},
                self._keeper_of(seat["activity"]),
            )

    def _undo(self) -> None:
        for seat in self._seats()[:2]:
            said = {"undone": self._luck.choice(("in", "out")), "reason": "扫错了人"}
            self._put_right(seat, "undo_check", said)

    def _correct(self) -> None:
        for seat in self._seats()[:1]:
            attended = self._luck.random() < 0.7
            minutes = self._luck.randint(0, 150) if attended else 0
            self._put_right(
                seat,
                "correct_hours",
                {"attended": attended, "minutes": minutes, "reason": "按签到表"},
            )
            self._recognise(seat)

    def _recognise(self, seat: Json) -> None:
        """Some of the session served after all, or did not."""
        came = [
            other["person"]
            for other in self._seats_of({"id": seat["session"]})
            if other["attended"]
        ]
        people = self._roles.sample(came, min(len(came), self._roles.randint(1, 2)))
        of = {
            "activity": seat["activity"],
            "session": seat["session"],
            "people": people,
        }
        said = {"role": self._roles.choice(("helper", "participant")), "reason": "核对"}
        if people:
            self.stage.attempt(
                "change_roles", {**of, **said}, self._keeper_of(seat["activity"])
            )

    def _contest(self) -> None:
        for seat in self._seats()[:1]:
            of = {name: seat[name] for name in ("activity", "session", "person")}
            self.stage.attempt(
                "contest_hours",
                {**of, "words": "我来了"},
                _resident(principal(seat["person"])),
            )
            contest = self.stage.one("seats", seat["id"]).get("contest", "none")
            said = {
                "contest": contest,
                "upheld": self._luck.random() < 0.5,
                "reason": "核对过",
            }
            self.stage.attempt(
                "settle_contest", said, self._keeper_of(seat["activity"])
            )

    def _rate(self) -> None:
        for seat in self._seats()[:2]:
            of = {name: seat[name] for name in ("activity", "session")}
            self.stage.attempt(
                "rate",
                {**of, "score": self._luck.randint(1, 5)},
                _resident(principal(seat["person"])),
            )

    def _open_doors(self) -> None:
        """Of the first sessions, as far as it is not too early for that."""
        self.stage.now = max(self.stage.now, FIRST - timedelta(minutes=59))
        for activity in self._posted:
            of = {"activity": activity, "session": self._sessions(activity)[0]["id"]}
            self.stage.attempt("start_activity", of, self._keeper_of(activity))

    def _begin_or_end(self) -> None:
        session = self._session()
        method = "close_activity" if session["state"] == "running" else "start_activity"
        of = {"activity": session["activity"], "session": session["id"]}
        if method == "close_activity" and self._showing.random() < 0.7:
            of["without_checkout"] = {
                "count": self._showing.choice(("session", "session", "nothing"))
            }
        self.stage.attempt(method, of, self._keeper_of(session["activity"]))

    def _put_right(self, seat: Json, method: str, said: Json) -> None:
        of = {name: seat[name] for name in ("activity", "session", "person")}
        self.stage.attempt(method, {**of, **said}, self._keeper_of(seat["activity"]))

    def _seats(self) -> list[Json]:
        """Those of one session, in any order; few of those that were given up."""
        found = self._seats_of(self._session())
        such = [
            seat
            for seat in found
            if seat["state"] == "confirmed" or self._luck.random() < 0.1
        ]
        return self._luck.sample(such, len(such))

    def _seats_of(self, session: Json) -> list[Json]:
        return self.stage.host.store.views.find(
            Find("seats", {"session": session["id"]}, "person")
        )

    def _at(self, seat: Json) -> Json:
        """Some moment of the session, on a grid of ten minutes so that scans meet."""
        at = _after(
            self.stage.one("sessions", seat["session"])["starts_at"],
            10 * self._luck.randint(-3, 14),
        )
        return {
            **{name: seat[name] for name in ("activity", "session", "person")},
            "at": at,
        }

    # What goes wrong

    def _retry(self) -> None:
        self.stage.retry()

    def _crash(self) -> None:
        people = self._luck.sample(PEOPLE, 2)
        seats = self._seats()
        after_append = self._luck.random() < 0.5
        if seats and self._luck.random() < 0.5:
            keeper = self._keeper_of(seats[0]["activity"])
            self.stage.crash_during(
                "record_paper",
                {**self._at(seats[0]), "direction": "in"},
                keeper,
                after_append,
            )
        else:
            self.stage.crash_during(
                "sign_up",
                _asks(self._session(), people),
                _resident(people[0]),
                after_append,
            )

    def _crash_following(self) -> None:
        self.stage.crash_following()

    def _rest(self) -> None:
        self.stage.rest()

    # Who and which

    def _session(self, activity: str = "") -> Json:
        """Mostly a first one."""
        found = self._sessions(activity or self._luck.choice(self._posted))
        return found[0] if self._luck.random() < 0.6 else self._luck.choice(found)

    def _sessions(self, activity: str) -> list[Json]:
        """In order of time, mostly without those that are cancelled."""
        every = self.stage.host.store.views.find(
            Find("sessions", {"activity": activity}, "starts_at")
        )
        return [
            session
            for session in every
            if session["state"] != "cancelled" or self._luck.random() < 0.1
        ] or every

    def _keeper_of(self, activity: str) -> Actor:
        return keeper_of_place(HOSTS[self._posted.index(activity)])

    def _nonce(self) -> str:
        return f"N{self._luck.randrange(10**9)}"


def _after(moment: str, minutes: int) -> str:
    return instant(datetime.fromisoformat(moment) + timedelta(minutes=minutes))


def _apart(one: Json, other: Json) -> timedelta:
    starts, others = (
        datetime.fromisoformat(session["starts_at"]) for session in (one, other)
    )
    return abs(starts - others)


def _asks(session: Json, people: list[str]) -> Json:
    party = [{"person": person, "relation": "self"} for person in people]
    return {"activity": session["activity"], "session": session["id"], "party": party}


def keeper_of_place(community: str) -> Actor:
    return Actor(f"W{community[-4]}", (Role("community_worker", community),))


def _resident(person: str) -> Actor:
    return Actor(person, (Role("resident", "510108"),))
