"""How a service lives: its log is written, folded and followed, and what is due is done."""
