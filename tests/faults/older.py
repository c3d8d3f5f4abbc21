"""`python -m tests.faults.older`: metrics of a version that does not know yet what a check-in is."""

import sys
from typing import ClassVar

from services.kit.views import Folds
from services.metrics.service import Metrics

UNKNOWN = "checked_in.v1"


class Older(Metrics):
    folds: ClassVar[dict[str, Folds]] = {
        source: {type: fold for type, fold in folds.items() if type != UNKNOWN}
        for source, folds in Metrics.folds.items()
    }


if __name__ == "__main__":
    from services.xfh.serve import (
        serve,
    )  # Makes every thread of the process green, which whoever imports is not to be.

    sys.exit(serve(Older))
