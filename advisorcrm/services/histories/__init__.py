"""What a file held before, told in words and brought back."""
