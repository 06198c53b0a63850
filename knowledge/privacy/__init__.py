"""Personal data: found, replaced by placeholders before anything is prompted or indexed, and put back."""
