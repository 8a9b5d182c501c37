"""Prompts as versioned files, loaded and checked as a whole, rendered once."""
