"""Times one case for one Python peer: reads the job as JSON from standard input, prints lines to standard output."""

import json
import sys
import warnings

import job


def main():
    warnings.simplefilter("ignore")
    asked = job.Job(json.load(sys.stdin))
    # a case module imports its libraries itself, so that a process holds only what its case needs
    name = asked.case.removeprefix("s3.").removeprefix("gcs.")
    if name.startswith(("limit.", "upload")) or asked.peer == "limit":
        import limits  # noqa: F401
    elif name.startswith(("tomo.", "seg.", "slice.", "full.", "scroll.", "large.")):
        import arrays  # noqa: F401
    else:
        import projects  # noqa: F401
    job.measure(asked)


if __name__ == "__main__":
    main()
