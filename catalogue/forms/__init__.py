"""What people type: shape only; rules are the services'."""
