"""What folds and rules of activities share: life cycles, who sits where, scans, contents and titles."""
