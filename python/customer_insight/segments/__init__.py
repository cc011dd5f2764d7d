"""Groups of customers who behave alike."""
