"""Terms of office, the secretary's and the committee's."""

from datetime import timedelta

WARNED_BEFORE = timedelta(days=90)
