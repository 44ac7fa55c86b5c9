"""What every room uses: files, git, YAML with places, located messages."""
