"""What stands between the network and the services: who asks, whether they may, and what they are told."""
