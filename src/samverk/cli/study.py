"""Studies that wait to be run: where the page's own thread is not there to do it, or has been cut off."""

import argparse
from uuid import UUID

from samverk.access.actor import system_actor
from samverk.access.declare_house import CarryOutStudy
from samverk.access.studies import outcome, waiting
from samverk.actions.study_run import ENGINE, MACHINE, Job
from samverk.cli.errors import CommandError
from samverk.cli.ready import demand_ready, let_in


def configure(parser: argparse.ArgumentParser) -> None:
    """`run ID`, `waiting`."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    run = commands.add_parser("run", help="carry out the run of a study that waits")
    run.add_argument("id", type=UUID, metavar="ID", help="the study's number, as it stands in the address of its page")
    commands.add_parser("waiting", help="the studies that wait to be run")


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked. 1 when a run did not go well; it then says why."""
    demand_ready()
    machine = system_actor(MACHINE)
    with let_in(CarryOutStudy, actor=machine) as permit:
        rows = waiting(permit)
    if arguments.command == "waiting":
        print("\n".join(str(study) for _run, study in rows) or "No study waits.")
        return 0
    found = next((job for job, study in rows if arguments.id in (job, study)), None)
    if found is None:
        raise CommandError("no run of it waits: an evaluator asks for one on the study's page.")
    went_well = Job(found).carry_out(lambda step, done: print(f"{round(100 * done):3} % {step}", flush=True))
    if went_well:
        print("The figures are on the study's page.")
        return 0
    with let_in(CarryOutStudy, actor=machine) as permit:
        reasons = outcome(permit, run=found)
    for text, params in reasons:
        print(params["text"] if text == ENGINE else text % params)
    return 1
