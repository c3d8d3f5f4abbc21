"""What of cobuild waits for somebody: for the street, the community's workers, whose need it is, and the units."""

from services.cobuild.waiting import commitments, meetings, needs, units

TASKS = (*units.TASKS, *needs.TASKS, *commitments.TASKS, *meetings.TASKS)
