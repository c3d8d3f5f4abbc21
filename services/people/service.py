"""The people service: what it keeps, and where its table stands."""

import schemas.people  # noqa: F401  # Declares its events.
from services.kit.seals.keeping import KeepsSeals
from services.kit.service import Service
from services.people.folds import tables
from services.people.model import lifecycles
from services.people.table.accounts import Accounts
from services.people.table.audit import Audit
from services.people.table.persons import Persons
from services.people.table.programs import Programs
from services.people.table.roles import Roles
from services.people.table.signing_in import SigningIn
from services.people.table.ways_in import WaysIn


class People(
    Persons,
    Audit,
    Accounts,
    Roles,
    WaysIn,
    SigningIn,
    Programs,
    KeepsSeals,
    Service,
):
    name = "people"
    is_sealed = True
    collections = tables.COLLECTIONS
    folds = tables.FOLDS
    sealed_in = "branches"
    lifecycles = lifecycles.ALL
    secret_notes = ("password.", "phone.")
