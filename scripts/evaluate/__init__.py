"""How good the program is at what it does, on texts that it has not seen."""
