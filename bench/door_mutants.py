"""The fate of every mutant of the rule: of decide(), of visible_to(), of standing(), and on PostgreSQL of row security.

    python -m bench.door_mutants

Prints a line each; the exit code is 1 when one lives, or when one said to be the same rule was noticed after all.
"""

import sys
from itertools import chain

from bench.door_house import house


def main() -> int:
    """Try them all in a house of its own."""
    with house() as vendor:
        from django.db import transaction

        from tests.generative import moves
        from tests.generative.mutants import (
            fates_of_decide,
            fates_of_policy,
            fates_of_sql,
            fates_of_standing,
            questions,
            what_she_is,
        )
        from tests.generative.rows import put

        worlds = list(moves.alone())
        fates = []
        with transaction.atomic():
            put(worlds)
            asked = questions(worlds)
            kinds = [fates_of_sql(asked), fates_of_standing(questions(worlds, right=what_she_is))]
            if vendor == "postgresql":
                kinds.append(fates_of_policy(questions(worlds, of_the_database=True)))
            else:
                kinds.append(fates_of_decide(asked))
            for fate in chain(*kinds):
                fates.append(fate)
                sys.stdout.write(f"{fate}\n")
                sys.stdout.flush()
            transaction.set_rollback(True)
    killed, same = sum(bool(fate.noticed_in) for fate in fates), sum(bool(fate.same) for fate in fates)
    alive = sum(not fate.is_right for fate in fates)
    sys.stdout.write(f"{vendor}: {killed} killed, {alive} alive, {same} the same rule in other words\n")
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
