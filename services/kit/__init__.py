"""What every service shares: log, views, ledger, followers, entrypoints and the two buses."""
