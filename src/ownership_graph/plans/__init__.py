"""How facts come to be what they are: statements merged, and plans that move facts to a state."""
