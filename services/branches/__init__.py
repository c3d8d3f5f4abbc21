"""党支部: the divisions, the committees and sites, the branches with their parents and secretaries."""
