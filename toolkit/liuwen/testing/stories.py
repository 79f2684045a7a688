"""Runs stories of your own programmes with pytest."""

from pathlib import Path


def check_story(path: str | Path) -> None:
    """Fail if an expectation of a story is not met, naming it, the actual result and the reason.

    Args:
        path: A story, as Markdown or as a workbook; `liuwen campaign try` runs the same.

    Raises:
        AssertionError: An expectation does not hold.
        CampaignError: The story cannot be run.

    Example:
        A test of your own programme::

            @pytest.mark.parametrize("path", Path("stories").glob("*.md"), ids=str)
            def test_story(path):
                check_story(path)
    """
    from liuwen.campaign import try_story

    report = try_story(path)
    assert report.ok, f"\n{report}"
