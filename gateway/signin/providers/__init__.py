"""Those who say who somebody is: one module each, behind one contract."""
