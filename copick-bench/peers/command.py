"""The options and steps that the commands share."""

import argparse
import signal
import sys
from pathlib import Path

import driver
import plan
import table
import tools


def parser(description, out):
    """Returns a parser with the shared options; `out` is the name of the file for the results."""
    options = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cases", default="*", metavar="GLOBS", help="cases to run, as globs separated by commas")
    options.add_argument("--peers", default="*", metavar="GLOBS", help="peers to run, as globs separated by commas")
    options.add_argument("--repeats", type=int, metavar="N", help=f"instead of {plan.WARM}, or {plan.COLD} new processes")
    options.add_argument("--warm-up", type=float, default=plan.WARM_UP_S, metavar="S",
                         help=f"seconds of work before the first repeat of a warm Java process (default: {plan.WARM_UP_S})")
    options.add_argument("--vector-jdk", type=Path, metavar="HOME", help="JDK of the peers with vector instructions (default: the newest "
                         "beside the one in use)")
    options.add_argument("--no-build", action="store_true", help="use the existing build of the Java module")
    options.add_argument("--scratch", type=Path, default=tools.BENCH / ".tools", help="folder for temporary output")
    options.add_argument("--out", type=Path, default=tools.TARGET / out, help="file for the results, one JSON line per repeat")
    options.add_argument("--table", nargs="+", metavar="FILE", help="print the tables of result files and measure nothing")
    return options


def parse(options):
    """Parses the command line. Prints the tables and exits if they are all that is wanted."""
    given = options.parse_args()
    if given.table:
        print("\n".join(table.render(given.table)))
        sys.exit()
    if given.vector_jdk and not tools.has_vectors(given.vector_jdk):
        options.error(f"{given.vector_jdk} is no JDK with the vector interface, 21 or later")
    given.scratch = given.scratch.resolve()
    # sys.exit unwinds the blocks that stop servers and remove files
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    return given


def prepare(options, entries):
    """Builds the Java module and makes the folders; returns the Python interpreters."""
    chosen = [peer for case, _, peers, _ in entries if driver.matches(case, options.cases)
              for peer in peers if driver.matches(peer, options.peers)]
    if not chosen:
        tools.quit("there is nothing to measure; check --cases and --peers")
    if any(map(plan.is_java, chosen)) and not options.no_build:
        tools.java_module()
    options.vector_jdk = options.vector_jdk or tools.vector_jdk()
    if not options.vector_jdk:
        tools.say("there is no JDK with the vector interface (21 or later): skipping its rows")
    options.scratch.mkdir(parents=True, exist_ok=True)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    return {name: tools.environment(name) for name in tools.ENVIRONMENTS}


def report(options):
    """Prints the tables, and exits with status 1 if the run has faults."""
    print("\n".join(table.render([options.out])))
    faults = list(table.faults([options.out]))
    if faults:
        tools.quit("\n".join(faults))


def start(main):
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
