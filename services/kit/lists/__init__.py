"""How lists are asked for, narrowed, searched and paged."""
