"""A month's report as a page to read and print."""
