"""Every prompt names the suite that watches over it."""

from pathlib import Path

from prompts.registry import load_prompts


def test_every_prompt_names_a_suite_that_exists() -> None:
    prompts = load_prompts()
    named = {prompt.ref: prompt.front.suite for prompt in prompts.by_ref.values()}
    assert named
    assert {ref: suite for ref, suite in named.items() if not Path(suite).is_file()} == {}
