"""The Views port: documents folded from logs, how they are asked for, and the overlay they are folded in."""

from services.kit.views.overlay import Fold, Folds, Overlay, fold_all
from services.kit.views.queries import Collection, Find, Key, Place, Search
from services.kit.views.reading import Nothing, Reads, Searchable
from services.kit.views.seen import Seen

__all__ = [
    "Collection",
    "Find",
    "Fold",
    "Folds",
    "Key",
    "Nothing",
    "Overlay",
    "Place",
    "Reads",
    "Search",
    "Searchable",
    "Seen",
    "fold_all",
]
