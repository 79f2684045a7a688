"""Stories of your own programmes, run from pytest."""

from pathlib import Path


def check_story(path: str | Path) -> None:
    """Fail where an expectation of a story does not hold, and say which, what was found instead, and why.

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
