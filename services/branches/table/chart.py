"""The organisation chart."""

from schemas.branches import chart as schemas
from services.branches.table.roles import READERS
from services.branches.views import chart as views
from services.kit.entrypoints import query


class Chart:
    branch_chart = query(schemas.AskChart, views.get_chart, by=READERS)
