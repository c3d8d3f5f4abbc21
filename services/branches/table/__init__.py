"""What branches answer to, a part of the table for each subject."""
