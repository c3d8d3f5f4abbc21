"""The command `xfh`: what runs, shows, checks and demonstrates the platform."""
