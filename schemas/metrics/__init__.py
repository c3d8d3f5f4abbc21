"""Metrics: what every figure means and what may be asked of it; its targets, its facts, and the months' reports."""

from schemas.metrics import definitions, facts, figures, months, reports, targets, units

__all__ = ["definitions", "facts", "figures", "months", "reports", "targets", "units"]
