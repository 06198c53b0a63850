"""How the intents of knowledge/understanding are learned: sentences of ours, multiplied, and one layer of weights."""
