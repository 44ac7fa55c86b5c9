"""What editors wrote, read from disk."""
