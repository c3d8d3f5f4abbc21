"""How long what was said of a quarrel or seen at a door is kept: until it is settled, and a year after.

个人信息保护法 art. 19, 47: no longer than is needed. One that nobody ends comes to its end all the same.
"""

from datetime import datetime, timedelta

from schemas.fields import instant

A_YEAR = timedelta(days=365)
AFTER_THE_END, AT_MOST_OPEN = A_YEAR, 3 * A_YEAR


def kept_until(moment: str, how_long: timedelta) -> str:
    return instant(datetime.fromisoformat(moment) + how_long)
