"""Keys happen once and are answered as at first; of what was asked, the log alone gives nothing back."""
