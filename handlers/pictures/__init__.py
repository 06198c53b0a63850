"""Pictures for a chat: bars and months as PNG, large enough to be read on a phone, dark and light."""
