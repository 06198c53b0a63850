"""Local language models that choose or write words; they never see personal data or facts' values."""
