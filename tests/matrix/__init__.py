"""Who may ask what: every address, asked by everybody, of everything in every state; and the table in the docs.

`python -m tests.matrix` writes the table anew; `tests/integration/test_who_may_ask.py` holds it against the gateway.
"""
