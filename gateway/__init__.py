"""The HTTP gateway: it authenticates, loads, asks a service and shows its answer. It holds no domain rule."""
