"""What a bearer shows: tokens, and the keys that sign and verify them."""
