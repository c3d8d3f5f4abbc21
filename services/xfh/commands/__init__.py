"""What the `xfh` command does: one module per group of sub-commands, each `(settings, args) -> exit code`."""
