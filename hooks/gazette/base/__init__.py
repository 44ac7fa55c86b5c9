"""What every room stands on: files, git, YAML with places, located messages."""
