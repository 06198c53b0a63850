"""Keeps the catalogues of other languages beside the sentences in the code."""
