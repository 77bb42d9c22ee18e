"""The Data page: files in, what was read, what is asked."""
