"""Reading the words of a picture, in one warm process of its own."""
