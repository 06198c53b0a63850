"""Set-up steps that run with the standard library alone, before anything is installed."""
