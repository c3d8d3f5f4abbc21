"""`python -m tests.contract.toy_process NAME`: a toy service in a nameko process of its own."""

import sys

from services.serve import serve
from tests.todays_rabbit import refuse_as_today
from tests.toy import Adder, Echo

if __name__ == "__main__":
    refuse_as_today()
    sys.exit(serve({"adder": Adder, "echo": Echo}[sys.argv[1]]))
