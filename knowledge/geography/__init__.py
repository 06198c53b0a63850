"""Where the stores are, and how far from a place: what measures, and decides nothing."""
