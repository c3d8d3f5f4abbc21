"""What metrics shows: figures with their definitions, and the facts behind them."""
