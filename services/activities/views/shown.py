"""Activities and sessions as they are shown: what the log says of them, in the words of the moment somebody asks."""

from schemas.documents import Json
from services.activities.views import activities as views
from services.activities.views import clocked
from services.kit.entrypoints import Asked
from services.kit.views import Reads


def get_activity(docs: Reads, question: Json, asked: Asked) -> Json:
    return clocked.activity(docs, views.get_activity(docs, question, asked), asked)


def list_activities(docs: Reads, question: Json, asked: Asked) -> Json:
    return clocked.activities(docs, views.list_activities(docs, question, asked), asked)


def get_session(docs: Reads, question: Json, asked: Asked) -> Json:
    return clocked.session(views.get_session(docs, question, asked), asked)


def list_sessions(docs: Reads, question: Json, asked: Asked) -> Json:
    return clocked.sessions(views.list_sessions(docs, question, asked), asked)
