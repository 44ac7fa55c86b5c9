"""What is made of the content beside its pages: feeds, data to download, images to share, a digest to print."""
