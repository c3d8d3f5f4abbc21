"""What folds and rules of cobuild share: life cycles, when an offering takes place, how much of it is used."""
