"""The ways in that an operator has set up, besides those that need no set-up: a TOML file named by `XFH_SIGN_IN`."""
