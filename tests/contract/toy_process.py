"""`python -m tests.contract.toy_process NAME [looks]`: a toy service in a nameko process of its own.

Its followers look when they are rung; with `looks` every few seconds as well, as in a real one.
"""

import sys

from services.kit.engine import follow
from services.xfh.serve import serve
from tests.clocks import HUNG_S
from tests.todays_rabbit import refuse_as_today
from tests.toy import Adder, Echo

if __name__ == "__main__":
    refuse_as_today()
    if "looks" not in sys.argv:
        follow.TICK_S = follow.LONGEST_TICK_S = 10 * HUNG_S
    sys.exit(serve({"adder": Adder, "echo": Echo}[sys.argv[1]]))
