"""What customers are worth: who is still one, how often they will buy, how much they will spend, and when next."""
