"""What changes an editor's files."""
