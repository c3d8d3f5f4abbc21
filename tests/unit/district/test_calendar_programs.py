"""Rules as calendar programs write them fall on the days that dateutil, told nothing of us, reckons with."""

from datetime import datetime, timedelta
from itertools import islice, takewhile

import marshmallow as ma
import pytest
from dateutil.rrule import rrulestr

from schemas.recurrence import Rule
from services.district.calendar import LOCAL
from services.district.recurrence import beginnings

FIRST = datetime(2026, 6, 13, 9, 0, tzinfo=LOCAL)
FAR = FIRST + timedelta(days=1500)
SEVERAL = 15
WEEK = "SU,MO,TU,WE,TH,FR,SA"
WORK = "MO,TU,WE,TH,FR"
# What each puts after the name of its parts; those that end by a moment say it in UTC.
WRITTEN = {
    "google": (
        "FREQ=WEEKLY;WKST=SU;UNTIL=20261231T155959Z;BYDAY=SA",
        "FREQ=WEEKLY;WKST=SU;COUNT=13;INTERVAL=2;BYDAY=SA,SU",
        "FREQ=WEEKLY;BYDAY=SU,MO;WKST=SU",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=MO",
        "FREQ=MONTHLY;WKST=SU;INTERVAL=2;BYDAY=2SA",
        "FREQ=DAILY;COUNT=1",
        "FREQ=YEARLY;WKST=SU",
    ),
    "outlook": (
        "FREQ=WEEKLY;UNTIL=20261226T010000Z;INTERVAL=1;BYDAY=SA;WKST=SU",
        f"FREQ=MONTHLY;UNTIL=20271231T010000Z;INTERVAL=1;BYDAY={WORK};BYSETPOS=-1",
        f"FREQ=MONTHLY;COUNT=10;INTERVAL=1;BYDAY={WEEK};BYSETPOS=2",
        "FREQ=MONTHLY;COUNT=10;INTERVAL=1;BYDAY=SA;BYSETPOS=-1",
        "FREQ=YEARLY;UNTIL=20300613T010000Z;INTERVAL=1;BYMONTHDAY=13;BYMONTH=6",
        "FREQ=YEARLY;COUNT=3;INTERVAL=1;BYDAY=SA;BYMONTH=6;BYSETPOS=2",
        f"FREQ=YEARLY;INTERVAL=1;BYDAY={WEEK};BYMONTH=6;BYSETPOS=-1",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=13",
        "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=31",
    ),
    "apple": (
        "FREQ=WEEKLY;INTERVAL=1;UNTIL=20261230T155959Z",
        f"FREQ=MONTHLY;INTERVAL=1;BYDAY={WORK};BYSETPOS=1",
        "FREQ=YEARLY;INTERVAL=1;BYMONTH=6,9",
        f"FREQ=YEARLY;INTERVAL=1;BYMONTH=6,9;BYDAY={WEEK};BYSETPOS=-1",
        "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=1,13,31",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SA;WKST=SU",
    ),
    "thunderbird": (
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=-1SA",
        "FREQ=MONTHLY;BYDAY=1SA,3SA",
        "FREQ=YEARLY;BYDAY=2SA;BYMONTH=6",
        f"FREQ=YEARLY;UNTIL=20300613T010000Z;BYDAY={WEEK};BYMONTH=6",
    ),
    "nextcloud": (
        f"FREQ=MONTHLY;BYDAY={WEEK};BYSETPOS=-2",
        "FREQ=YEARLY;BYMONTH=1,6;BYDAY=SA;BYSETPOS=1",
        f"FREQ=YEARLY;BYMONTH=6;BYDAY={WORK};BYSETPOS=5",
        "FREQ=MONTHLY;BYMONTHDAY=13,14,31;UNTIL=20270101T000000Z",
    ),
    "dingtalk-feishu-wecom-wps": (
        "FREQ=WEEKLY;INTERVAL=1;BYDAY=SA;UNTIL=20261231T155959Z;WKST=MO",
        "FREQ=DAILY;INTERVAL=1;UNTIL=20261231T160000Z",
        f"FREQ=DAILY;INTERVAL=1;BYDAY={WORK};UNTIL=20261231T235959Z",
        "FREQ=MONTHLY;BYMONTHDAY=13;INTERVAL=1;WKST=SU",
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=20260930T155900Z;BYDAY=SA",
    ),
}
AROUND = ("{}", "RRULE:{}", "{};", " \tRRULE:{}\r\n", "rrule: {}", "RRULE;X-A=1:{}")
EACH = [(program, rule) for program, rules in WRITTEN.items() for rule in rules]


@pytest.mark.parametrize(("program", "rule"), EACH)
def test_a_rule_of_a_program_falls_on_its_days(program: str, rule: str) -> None:
    found = islice(beginnings(FIRST, Rule().deserialize(rule), until=FAR), SEVERAL)
    assert list(found) == reckoned(rule)


@pytest.mark.parametrize(("program", "rule"), EACH)
def test_what_stands_around_it_changes_nothing(program: str, rule: str) -> None:
    for around in AROUND:
        sent = around.format(rule)
        for said in (sent, f"{sent[:20]}\r\n {sent[20:]}", sent.lower()):
            assert Rule().deserialize(said) == rule


def reckoned(rule: str) -> list[datetime]:
    """China has no summer time, so that its own clock and UTC's tell the same days."""
    found = takewhile(lambda each: each < FAR, rrulestr(rule, dtstart=FIRST))
    return list(islice(found, SEVERAL))


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=5", "RSCALE：不按农历"),
        ("RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD", "RSCALE：不按农历"),
        ("FREQ=YEARLY;SKIP=FORWARD", "SKIP：没有的那一天就没有"),
        ("FREQ=WEEKLY;UNTIL=20261231T155959+0800", "UNTIL：应为最后一天"),
        ("FREQ=WEEKLY;UNTIL;TZID=Asia/Shanghai:20261231T235959", "UNTIL：应为"),
        ("FREQ=WEEKLY;BYDAY=SA;RDATE=20260701", "只填 RRULE 这一行"),
        ("FREQ=WEEKLY\r\nEXDATE;TZID=Asia/Shanghai:20260620T090000", "只填 RRULE"),
        ("FREQ=WEEKLY\r\nRDATE;VALUE=DATE:20260701", "只填 RRULE 这一行"),
        ("EXRULE:FREQ=WEEKLY;BYDAY=SA", "只填 RRULE 这一行"),
        ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=", "BYDAY：应为星期几"),
        ("FREQ=YEARLY;BYDAY=20MO", "BYDAY：应为星期几"),
        ("FREQ=MONTHLY;BYDAY=MO,1SA", "BYDAY：要么都写第几个，要么都不写"),
        ("W1 SA #0", "FREQ 应为"),
    ],
)
def test_what_is_not_taken_is_said_by_its_part(rule: str, says: str) -> None:
    with pytest.raises(ma.ValidationError) as refused:
        Rule().deserialize(rule)
    assert says in str(refused.value.messages)
