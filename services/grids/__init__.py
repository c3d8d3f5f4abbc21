"""微网实格: from door to door, and what becomes of what is found there."""
