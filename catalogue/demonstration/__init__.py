"""The demonstration's synthetic people and their diaries of the first quarter of 2024."""
