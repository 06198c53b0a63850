"""Telegram in, Telegram out; no decisions."""
