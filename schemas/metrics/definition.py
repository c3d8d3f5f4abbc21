"""What a figure means."""

from typing import NamedTuple

MORE, LESS, NEITHER = "more", "less", ""
SHARE = "比率"


class Definition(NamedTuple):
    """`part` and `whole`: what a rate divides. `better`: what a target asks for."""

    identifier: str
    name: str
    meaning: str
    unit: str
    better: str = MORE
    part: str = ""
    whole: str = ""

    @property
    def is_share(self) -> bool:
        """True of what is between nothing and all of it; an average of so many each is none."""
        return self.unit == SHARE

    def shown(self) -> dict[str, str]:
        """What it does not have is left out."""
        return {name: text for name, text in self._asdict().items() if text}


def rate(
    identifier: str, name: str, part: Definition, whole: Definition, besides: str = ""
) -> Definition:
    """A figure that divides two others; `besides` is said after which."""
    meaning = f"{part.name} ÷ {whole.name}{besides}"
    divided = part.identifier, whole.identifier
    return Definition(identifier, name, meaning, SHARE, MORE, *divided)
