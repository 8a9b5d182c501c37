"""What runs in the child process. Standard library and parsers only: its start must be cheap."""
