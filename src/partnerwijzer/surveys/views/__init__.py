"""Pages of surveys: for staff, for who has a personal link, for who has a code."""
