"""Values as documents print them: read into one canonical form, or refused."""
