"""The rules of Taper in plain Python: no framework, no clock, no database, no words for the screen."""
