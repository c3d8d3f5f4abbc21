"""Activities: posted, signed up to, attended, rated."""
