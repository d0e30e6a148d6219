"""What people do with Taper, one function a deed. Clock, actor and session are arguments; frozen views come out."""
