"""How the tagger of knowledge/privacy/tagging is trained: made-up sentences, a torch network, the weights as a file."""
