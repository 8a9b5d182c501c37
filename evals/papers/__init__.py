"""Generated KYC papers with their truth: pure functions of a seed, in three disjoint splits."""
