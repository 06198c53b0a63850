"""Speed, always as a ratio against a named peer or a limit in the same run; the last line is JSON."""
