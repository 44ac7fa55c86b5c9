"""What is made of the content beside its pages: images to share, a digest to print."""
