"""Tools around the product: set-up, local Telegram, sample shop, measures."""
