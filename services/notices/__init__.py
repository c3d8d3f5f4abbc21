"""通知: what happened elsewhere, told to those it concerns."""
