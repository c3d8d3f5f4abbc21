"""微网实格: who goes from door to door in a micro-grid, what they ask, what they find, and what becomes of it."""
