"""One module a screen. Each exports functions that build a whole page; `routes.py` lists them."""
