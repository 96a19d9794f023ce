"""What is written: posts, comments and their Markdown."""
