"""What the people at the counter do with orders. Every button and command checks whose store it is."""
