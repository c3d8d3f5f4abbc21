"""Pages people live in: a table of rows, a template each, one frame and one style around them all."""
