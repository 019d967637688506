package org.copick.cli.options;

import java.util.List;
import org.copick.LayerScope;
import org.copick.Root;
import org.copick.Run;
import picocli.CommandLine.Option;

/** Options for the project that a command walks through, alone or as one of several processes. */
public final class WalkOptions extends RunSelection {
    @Option(
            names = "--shard",
            paramLabel = "I/N|slurm",
            converter = Shard.Converter.class,
            description = "Share of the runs, for one of N processes: I is 1 to N; slurm takes both from the job array"
                    + " (default: all runs).")
    private Shard shard = Shard.WHOLE;

    public WalkOptions() {}

    /** Returns the share of the runs that this process works on. */
    public Shard shard() {
        return shard;
    }

    @Override
    public List<Run> runs(Root root) {
        return super.runs(root).stream().filter(run -> shard.holds(run.name())).toList();
    }

    @Override
    public LayerScope scope(Root root, LayerScope.Unread unread) {
        LayerScope all = super.scope(root, unread);
        return shard.isWhole()
                ? all
                : new LayerScope(
                        run -> shard.holds(run) && all.runs().test(run),
                        all.densityMaps() && shard.isFirst(),
                        all.unread());
    }

    /** Returns the runs of all shares, in the order of {@link #runs}. */
    public List<Run> runsOfAllShares(Root root) {
        return super.runs(root);
    }

    /** Returns whether this process also works on what belongs to no run, such as the index of a root. */
    public boolean isWholeOrFirst() {
        return !namesRuns() && shard.isFirst();
    }
}
