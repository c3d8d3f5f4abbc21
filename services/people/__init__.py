"""Who somebody is, what they may do, and how they come in. What says who it is stands in notes alone."""
