"""Lists and strategies scored on the past: holdouts, metrics, tuning, the backtest and the choice of the champion."""
