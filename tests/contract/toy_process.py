"""`python -m tests.contract.toy_process NAME`: a toy service in a nameko process of its own."""

import sys

from services.serve import serve
from tests.toy import Adder, Echo

if __name__ == "__main__":
    sys.exit(serve({"adder": Adder, "echo": Echo}[sys.argv[1]]))
