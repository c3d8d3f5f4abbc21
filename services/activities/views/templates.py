"""Templates as they are listed."""

from schemas.documents import Json
from services.activities.folds.templates import TEMPLATES
from services.activities.rules.templates import must_see_those_of
from services.kit.entrypoints import Asked
from services.kit.lists.listing import listed
from services.kit.views import Find, Reads


def list_templates(views: Reads, question: Json, asked: Asked) -> Json:
    """A host's own, or those a district or street made for all."""
    owner = question["owner"]
    must_see_those_of(views, owner, asked)
    where = {"owner": owner, "state": "saved"}
    return listed(views, TEMPLATES, question, Find("templates", where, "name"))
