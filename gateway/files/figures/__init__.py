"""Figures as tables, with what they mean and how far they are counted."""
