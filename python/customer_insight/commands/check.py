"""`customer-insight check`: looks at the raw input without building anything."""

from __future__ import annotations

import argparse

from customer_insight.commands.build import add_input_arguments, use_input
from customer_insight.commands.project import project_folder, run_dbt
from customer_insight.commands.settings import settings_of

add_arguments = add_input_arguments


def run(arguments: argparse.Namespace) -> int:
    """Says what was found in each table; 1 and every problem where the input cannot be read."""
    use_input(arguments)
    checked = run_dbt(project_folder(), ["run-operation", "check_input"], settings_of(arguments.set), show=False)
    for sentence in checked.failures:
        print(sentence)
    if checked.is_success:
        print("The input can be read.")
    return 0 if checked.is_success else 1
