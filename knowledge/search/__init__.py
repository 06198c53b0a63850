"""Finding things by meaning: embeddings, the vector index and the chunks of policies."""
