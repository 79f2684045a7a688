"""Anonymous answers: stored separately, without anything that identifies the respondent or the time of arrival.

`cleaning` removes identifying answers from a submission, `pictures` the metadata of photos; `slots` is a file without any
order; `answers` receives and reads answers; `setting_apart` moves answers that were received before;
`backed_up` keeps their newest state in a backup folder.
"""
