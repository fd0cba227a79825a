"""All that must hold of a dialogue once it is read: one rule a function, in one list."""

from collections.abc import Callable, Iterator
from itertools import islice

from bot.dialogue import (
    rules_of_choices,
    rules_of_flow,
    rules_of_names,
    rules_of_people,
    rules_of_routes,
    rules_of_truth,
    rules_of_words,
)
from bot.dialogue.problems import Problem
from bot.dialogue.weaving import Woven

CHECKS: tuple[Callable[[Woven], Iterator[Problem]], ...] = (
    rules_of_names.bad_id,
    rules_of_names.wrong_name,
    rules_of_names.unknown_start,
    rules_of_names.unknown_node,
    rules_of_names.unknown_section,
    rules_of_names.page_without_short,
    rules_of_names.short_without_page,
    rules_of_names.unknown_dialogue,
    rules_of_names.unknown_block,
    rules_of_names.block_circle,
    rules_of_names.blocks_too_deep,
    rules_of_names.too_many_nodes,
    rules_of_words.empty_text,
    rules_of_words.unbalanced_brace,
    rules_of_words.unknown_placeholder,
    rules_of_words.text_too_long,
    rules_of_words.label_too_long,
    rules_of_words.same_label,
    rules_of_words.too_many_choices,
    rules_of_words.two_questions,
    rules_of_routes.unknown_question,
    rules_of_routes.unknown_code,
    rules_of_routes.wrong_condition_kind,
    rules_of_routes.unknown_signal,
    rules_of_routes.number_range,
    rules_of_routes.no_default_route,
    rules_of_routes.row_after_default,
    rules_of_routes.row_never_taken,
    rules_of_routes.return_to_rows,
    rules_of_choices.unknown_choices,
    rules_of_choices.picture_label,
    rules_of_choices.unknown_topic,
    rules_of_people.unknown_circle,
    rules_of_people.same_mark,
    rules_of_truth.no_truth_first,
    rules_of_truth.half_truth,
    rules_of_flow.unreachable,
    rules_of_flow.dead_end,
    rules_of_flow.loop,
    rules_of_flow.asked_later,
    rules_of_flow.no_review_before_hand_over,
    rules_of_flow.answer_unused,
)
"""Each rule is a sentence, its docstring; its problems have its name as code (``bad-id``)."""

MOST_PROBLEMS = 200
"""Problems of one code that are told about one dialogue; the next run tells the rest."""


def check(woven: Woven) -> Iterator[Problem]:
    """Every problem that any rule finds. The same one may come more than once."""
    for rule in CHECKS:
        yield from islice(rule(woven), MOST_PROBLEMS)
