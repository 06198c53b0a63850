"""The running process: wiring, receiving, delivery, schedule."""
