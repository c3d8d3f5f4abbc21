"""Calendars that calendar programs subscribe to."""
