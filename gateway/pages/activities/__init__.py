"""The pages of an activity: what all may know of it, its roster and its sign-in sheet."""
