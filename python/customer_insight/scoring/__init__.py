"""What judging has in common, whatever is judged: contract, cuts in time, trials, intervals, champion and table."""
