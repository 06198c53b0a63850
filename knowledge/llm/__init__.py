"""Local language models that write words; they never see personal data or facts' values."""
