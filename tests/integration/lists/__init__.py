"""Every list of every service over invented documents, held against a look at each of them."""
