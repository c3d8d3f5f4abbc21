"""The sheets of an activity: its roster and its sign-in sheet."""
