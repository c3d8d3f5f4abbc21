"""Who may ask, by what it is about."""

from services.district.authority import STREET

STAFF = ("community_worker", *STREET)
WALKERS = ("grid_member", *STAFF)
# A team's people are known by the roster of the team, whatever else they are.
TEAMS = ("resident", *WALKERS)
