"""What is told by the clock to those who asked for it; each kind has a tick that finds its work by itself."""
