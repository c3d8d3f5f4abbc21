"""Figures as people read them: which head a report, in words, in a paragraph."""
