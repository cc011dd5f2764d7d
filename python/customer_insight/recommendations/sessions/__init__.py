"""What a visitor will click on next, from the clicks of the visit so far and of all visits before it.

On your own arrays (session_code, product_code, click_number: whole numbers; age_days: days before now):

    clicks = read_clicks(pa.table({"session_code": ..., "product_code": ..., "click_number": ..., "age_days": ...}))
    model = vs_knn.fit(clicks.before(7), neighbours=500, sample=2500)      # or stan, sequential_rules, ...
    queries = first_clicks(clicks, session=np.array([41, 41]), length=np.array([1, 2]))   # positions in clicks.sessions
    scores = model.scores(queries)                                           # sparse, queries x products
    products = clicks.products[scores[[0]].toarray()[0].argsort()[::-1][:20]]

`next_clicks.window(clicks, cut=7)` makes every beginning of every later session a query, and
`next_clicks.figures` measures a model on it; `session_recommendations.run` does all of it.
"""
