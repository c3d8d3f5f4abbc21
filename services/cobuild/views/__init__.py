"""What cobuild shows: answers to questions, each from an index."""

from services.cobuild.views import meetings, needs, offerings, talks

__all__ = ["meetings", "needs", "offerings", "talks"]
