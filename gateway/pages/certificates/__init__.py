"""The pages of a certificate of service hours: to print, and to check."""
