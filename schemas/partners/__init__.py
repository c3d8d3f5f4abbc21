"""Partners: 社区合伙人 of a community, from application to withdrawal, and the 益·社 alliance they may join."""
