"""People who walk, stop, wait and drive past stores, and what their phones tell of it: traces whose truth is known."""
