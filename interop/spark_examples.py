"""Runs the examples on a cluster, kills an executor while they run, and compares what they print with the program without Spark."""

from spark_cluster import holder, lost, wait_for

STAGE_OF_PICKS, STAGE_OF_BLOCKS = 0, 1


class Examples:
    """The programs of examples/spark and what they must print."""

    def __init__(self, cluster, bundle, programs, expected):
        self.cluster, self.bundle, self.programs, self.expected = cluster, bundle, programs, expected

    def run(self, language, place, config, settings, kill=None):
        """Runs a program and checks its output; `kill` ends an executor of the running program."""
        name = f"{language}-{place}{'-kill' if kill else ''}"
        process = self.cluster.submit(name, self.programs[language], [config], {"spark.jars": self.bundle, **settings})
        killed = kill(lambda: process.poll() is None) if kill else None
        printed, events = self.cluster.finish(name, process)
        assert printed == self.expected, f"{name} printed other numbers: {first_difference(printed, self.expected)}"
        executors, tasks = lost(events)
        assert executors == ([killed] if kill else []), f"{name}: the lost executors are {executors}"
        assert tasks == (1 if kill else 0), f"{name}: {tasks} tasks were lost"
        check_no_shuffle(name, events)
        print(f"interop: {name}: {len(printed.splitlines())} lines as without Spark, {len(executors)} executors and {tasks} tasks lost",
              flush=True)
        return events

    def two_executors(self, running):
        def both():
            found = self.cluster.executors()
            return found if len(found) == 2 else None
        return wait_for(both, "two executors", running)

    def kill_a_busy_one(self, running):
        """Kills an executor in the middle of a task of the first query."""
        victim = self.two_executors(running)[0]
        victim.kill_while_busy(STAGE_OF_PICKS, running)
        return victim.id

    def kill_the_reader_of(self, proxy, pattern):
        """Returns what kills the executor whose request matches, while it waits for the reply."""
        rule = proxy.hold(pattern, after_reply=True)

        def kill(running):
            wait_for(rule.reached.is_set, f"a request for {pattern}", running)
            executors = self.cluster.executors()
            pid = holder(rule.held[0].port, [each.pid for each in executors])
            (victim,) = (each for each in executors if each.pid == pid)
            victim.kill()
            rule.release()
            return victim.id
        return kill


def check_no_shuffle(name, events):
    """Fails if the program moved rows between executors: a partition holds a whole run."""
    for event in events:
        if event["Event"] == "SparkListenerStageSubmitted":
            assert not event["Stage Info"]["Parent IDs"], f"{name}: a stage reads a shuffle"
        if event["Event"].endswith("SparkListenerSQLExecutionStart"):
            assert "Exchange" not in event["physicalPlanDescription"], f"{name}: {event['physicalPlanDescription']}"


def first_difference(printed, expected):
    lines = printed.splitlines(), expected.splitlines()
    for number, (line, other) in enumerate(zip(*lines), 1):
        if line != other:
            return f"line {number} is {line!r} instead of {other!r}"
    return f"{len(lines[0])} lines instead of {len(lines[1])}"
