"""What every update passes on its way to the handlers."""
