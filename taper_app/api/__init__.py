"""The HTTP door: /api/v1, the sign-in forms, the share door, and the gate before the socket."""
