"""A small learned tagger: names, addresses, phones and ids by their looks and their company, where no rule is sure."""
