"""A local Telegram: the Bot API over loopback HTTP and a phone to talk through."""
