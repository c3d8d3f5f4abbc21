"""What stands in the columns of the table: who may ask, and the document a command shows."""

from schemas.token import ROLES
from services.activities.rules import authority
from services.district import authority as district_authority

# Who may ask.
KEEPERS = authority.KEEPERS
STREET = district_authority.STREET
RESIDENTS = ("resident",)
PEOPLE = ("resident", "community_worker")
EVERYBODY = ROLES  # What is one's own, who works somewhere has as well.
AT_THE_DOOR = ("resident", *KEEPERS)
DECIDERS = (*KEEPERS, *STREET)
CONCERNED = ("resident", *DECIDERS)

# (collection, field…) of the document shown: those fields of the event are its id.
ACTIVITY = ("activities", "activity")
CALENDAR = ("calendars", "person")
CAMPAIGN = ("campaigns", "campaign")
CERTIFICATE = ("certificates", "certificate")
COMMENDATION = ("commendations", "commendation")
CONTEST = ("contests", "contest")
HOST_MESSAGE = ("host_messages", "note")
REVIEW = ("reviews", "street")
SEAT = ("seats", "session", "person")
SIGNUP = ("signups", "signup")
TEMPLATE = ("templates", "template")
