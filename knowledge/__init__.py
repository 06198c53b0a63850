"""What the concierge knows and decides; knows no Telegram and no SQL."""
