"""How what belongs to a branch and something else is named."""


def report_id(branch: str, whom: str) -> str:
    """`whom`: the community of a branch's report, the person of a member's."""
    return f"{branch}.{whom}"
