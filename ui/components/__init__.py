"""Parts of screens. Whatever comes from a model, a document or a client goes through `safe`."""
