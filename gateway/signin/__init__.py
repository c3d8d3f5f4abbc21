"""Signing in: what a browser keeps, whom that lets in, and what the gateway knows of who may do what."""
