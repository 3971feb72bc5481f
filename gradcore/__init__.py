"""gradcore: the small package behind the interactive course book on gradients."""

__version__ = "0.1.0"
