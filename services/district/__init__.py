"""What every service knows of a district: its places, who may act in them, its days and hours."""
