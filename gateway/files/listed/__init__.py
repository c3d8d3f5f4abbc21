"""The columns of each list that can be had as a file."""
