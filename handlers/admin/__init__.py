"""What only those do who work here. Every command and button passes HasRole first."""
