"""社区合伙人: who applies to be a partner of a community, and whom the street approves."""
