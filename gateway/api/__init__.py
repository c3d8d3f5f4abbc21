"""The routes of the API, a table a service. Adding a command is adding a line."""

from gateway.api import (
    activities,
    branches,
    cobuild,
    grids,
    metrics,
    notices,
    partners,
    people,
)
from gateway.api.routes import Table

TABLES: tuple[Table, ...] = (
    partners.TABLE,
    cobuild.TABLE,
    branches.TABLE,
    activities.TABLE,
    metrics.TABLE,
    notices.TABLE,
    grids.TABLE,
    people.TABLE,
)
