"""What people read: pages in plain words with their sources, the lists of chips, and the one loader for both."""
