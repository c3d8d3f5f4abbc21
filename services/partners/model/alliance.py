"""A partner's stays in the 益·社 alliance."""

from schemas.documents import Json


def last_stay(partner: Json) -> Json | None:
    """The latest stay in the alliance, `{since, until?, reason?}`."""
    stays: list[Json] = partner["alliance"]
    return stays[-1] if stays else None
