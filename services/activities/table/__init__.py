"""What the activities service answers to, by subject: who asks, by which rule or answer, and what is shown."""
