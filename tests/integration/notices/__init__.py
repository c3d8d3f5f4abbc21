"""Notices as they leave the platform."""
