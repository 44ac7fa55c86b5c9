"""Values to words and back, Chinese and English."""
