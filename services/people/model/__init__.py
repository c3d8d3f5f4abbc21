"""The life cycles of people, and how their records are written and found."""
