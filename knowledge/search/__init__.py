"""Finding things by meaning: embeddings and the vector index."""
