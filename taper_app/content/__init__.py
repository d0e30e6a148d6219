"""What people read: pages with their sources, the lists behind the chips, and the one loader for both."""
