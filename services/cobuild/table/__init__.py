"""What cobuild answers to, a part of the table for each subject."""
