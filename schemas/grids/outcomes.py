"""How a visit to a door ended. Nobody in, no wish to answer, nobody living there: each is an outcome, none a gap."""

OUTCOMES_IN_WORDS = {
    "met": "见到了",
    "not_in": "家中无人",
    "refused": "不愿回答",
    "empty": "空置",
    "moved": "已搬走",
}
OUTCOMES = tuple(OUTCOMES_IN_WORDS)
# Of several visits to a door what says more of it comes first: once somebody was met, it was met.
BEST_FIRST = ("met", "refused", "moved", "empty", "not_in")
