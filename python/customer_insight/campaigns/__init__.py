"""What campaigns brought, and who reacts to them."""
