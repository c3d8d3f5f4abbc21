"""The stores behind the Log, Views and Keep ports."""
