"""The `xfh` command as typed, on real stores."""
