"""The metrics service: what it answers to, nothing else. It owns no facts."""

from schemas import metrics as schemas
from services.kit.entrypoints import Asked, Service, query
from services.kit.log import Data
from services.kit.views import Views
from services.metrics import folds
from services.metrics import views as answers


class Metrics(Service):
    name = "metrics"
    collections = folds.COLLECTIONS
    folds = folds.FOLDS

    @query(schemas.AskFigures, by=answers.READERS)
    def figures(self, views: Views, question: Data, asked: Asked) -> Data:
        return answers.figures(views, question, asked)

    @query(schemas.AskBreakdown, by=answers.READERS)
    def breakdown(self, views: Views, question: Data, asked: Asked) -> Data:
        return answers.breakdown(views, question, asked)

    @query(schemas.AskDefinitions)
    def definitions(self, views: Views, question: Data, asked: Asked) -> Data:
        return answers.definitions(views, question, asked)
