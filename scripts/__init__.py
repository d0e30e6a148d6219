"""The commands behind the Makefile; each also runs by itself."""
