"""Tallies: a document of counts by day or by name, in which what has come to zero is not kept."""

from schemas.documents import Json
from services.kit.views import Overlay
from services.metrics.model import counts
from services.metrics.model.counts import Figures


def tally(
    docs: Overlay, collection: str, empty: Json, field: str, change: Figures
) -> None:
    """Adds to the counts in the field of a document, which is made of the `empty` one when it is the first time."""
    before = docs.get(collection, empty["id"]) or empty
    tallied = counts.tallied(before.get(field, {}), change)
    docs.put(collection, before | {field: tallied})
