"""What is remembered: one class per event kind, a hash chain, signed checkpoints, a verifier."""
