"""RabbitMQ: the connection, calls over it, and doorbells."""
