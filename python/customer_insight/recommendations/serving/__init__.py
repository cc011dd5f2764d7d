"""From the champion to the lists that customers get: rules, fills, reasons and probabilities."""
