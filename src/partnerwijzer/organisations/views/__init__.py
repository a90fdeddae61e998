"""Pages about schools, people, invitations and one's own account."""
