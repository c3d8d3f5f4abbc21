"""How services are asked and told: within one process, or over RabbitMQ."""
