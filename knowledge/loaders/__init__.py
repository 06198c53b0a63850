"""What people who run the shop write or send, read into records: command words, files, dates, names."""
