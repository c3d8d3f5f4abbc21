"""The whole platform from outside: processes, HTTP, a broker, and now and then a kill."""
