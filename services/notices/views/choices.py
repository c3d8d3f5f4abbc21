"""What a person has chosen, and what there is to choose from."""

from schemas.documents import Json
from services.kit.channels import Channels
from services.kit.entrypoints import Asked
from services.kit.views import Reads
from services.notices.model.choices import of_person


def my_choices(views: Reads, question: Json, asked: Asked, channels: Channels) -> Json:
    """With the channels that somebody may give an address for, and what each asks for."""
    offered = [
        {"channel": channel.name, "asks": channel.asks}
        for channel in channels
        if channel.asks
    ]
    return of_person(views, asked.actor.id) | {"offered": offered}
