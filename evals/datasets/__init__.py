"""Where samples come from: the example stories with other people, and harder papers."""
