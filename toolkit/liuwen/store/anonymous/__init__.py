"""Anonymous answers: kept apart from everything else, without anything that says whose they are or when they came.

`cleaning` takes out of a submission what points at a person or a moment, `pictures` out of a photo; `slots` is the file in which
nothing has an order; `answers` receives and reads; `setting_apart` moves what a store received before.
"""
