"""What can go wrong in the brain.

KnowledgeError
├── ModelFolderMissingError    the embedding model is not where config.toml says
└── BookedMeanwhileError       the same booking won in another transaction; try again to see it
"""


class KnowledgeError(Exception):
    """Base of everything this package raises on purpose."""


class ModelFolderMissingError(KnowledgeError):
    """The embedding model is not where config.toml says."""


class BookedMeanwhileError(KnowledgeError):
    """The same booking won in another transaction; try again to see it."""
