"""What shoppers can do."""
