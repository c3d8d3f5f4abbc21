"""Tables and files in and out: lists as spreadsheets, uploads, and the exchange format of other directories."""
