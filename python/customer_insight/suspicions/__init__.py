"""Who is not what they seem: rings that use one-per-customer codes, returns, programs that click, reviews that were
bought.

Each rule answers with rows of a person or thing, what speaks for it in words, and how many days ago the last of it
happened: before that day nobody could know. `suspicion_step.run` holds them to the shop's thresholds.
"""
