"""Rules of calendar programs as people say them."""

import pytest

from gateway.web.recurring import rule_in_words

pytestmark = pytest.mark.usefixtures("this_year")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=DAILY", "每天"),
        ("FREQ=WEEKLY;COUNT=4", "每周，和首次同一个星期几，共 4 次"),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=MO", "每两周一次"),
        ("FREQ=WEEKLY;BYDAY=TU,TH", "按周重复，逢周二、周四"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=SA", "每 3 周重复一次，逢周六"),
        ("FREQ=MONTHLY;BYDAY=2SA,-1FR", "按月重复，逢第二个周六、最后一个周五"),
        (
            "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1,-1,-3",
            "每 2 个月重复一次，1日、最后一天、倒数第 3 天",
        ),
        (
            "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1,-2",
            "按月重复，逢周六、周日，只取其中第一个、倒数第 2 个",
        ),
        ("FREQ=YEARLY;BYMONTH=3,9", "按年重复，3月份、9月份"),
        ("FREQ=DAILY;UNTIL=20261231T155959Z", "每天，到12月31日 周四为止"),
    ],
)
def test_a_rule_is_said_in_words(rule: str, said: str) -> None:
    assert rule_in_words(rule) == said
