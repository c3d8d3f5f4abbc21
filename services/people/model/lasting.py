"""How long somebody who signed in stays so."""

from datetime import timedelta

OF_A_RESIDENT, OF_STAFF = timedelta(days=30), timedelta(hours=12)
