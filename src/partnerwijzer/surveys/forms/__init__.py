"""Forms: for who answers, and for who asks."""
