"""The lists that can be had as files. A new one is an entry here; a new column is a line where it is described."""

from gateway.files.listed import activities, branches, cobuild, metrics, partners

EXPORTS = (
    activities.ACTIVITIES,
    activities.SESSIONS,
    activities.ROSTER,
    activities.SIGN_IN,
    cobuild.OFFERINGS,
    cobuild.NEEDS,
    cobuild.COMMITMENTS,
    cobuild.UNITS,
    partners.PARTNERS,
    branches.BRANCHES,
    metrics.FACTS,
)
