"""The shopper's side: what a person can do in the app, and what the screen shows."""
