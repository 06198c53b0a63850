"""Places, stores close by and, later, when to speak up about them."""
