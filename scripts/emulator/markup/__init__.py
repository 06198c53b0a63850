"""Turn what a bot writes into plain text and entities, exactly as strict as Telegram."""
