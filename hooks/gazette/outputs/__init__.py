"""What is made of the content beside its pages: feeds, data to download, images to share, guides and schemas for editors."""
