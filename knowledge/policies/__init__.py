"""Written policies: cut into sections, and quoted."""
