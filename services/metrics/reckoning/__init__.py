"""What the documents add up to: figures, and which of them are withheld. Rules freeze them, views show them."""
