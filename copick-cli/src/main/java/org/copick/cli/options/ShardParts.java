package org.copick.cli.options;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.copick.cli.output.CommandFailure;
import org.copick.error.CorruptDataException;
import org.jspecify.annotations.Nullable;

/** The files that the processes of all shares wrote, before they are merged. */
public final class ShardParts {
    /** The JSON field with the share that a file is about. */
    public static final String FIELD = "shard";

    /** Most missing shares to name in a message. */
    private static final int SHOWN = 5;

    private final Map<Integer, Path> files = new TreeMap<>();
    private @Nullable Path first;
    private int count;

    public ShardParts() {}

    /**
     * Adds a file.
     *
     * @param recorded the share that it names; empty if it names none
     * @param remedy the command that writes a file of a share
     * @throws CommandFailure when the file names no share, or one that does not go with the other files
     */
    public void add(Path file, String recorded, String remedy) {
        if (recorded.isEmpty()) {
            throw new CommandFailure(file + " is not of one share of the runs; write it with " + remedy);
        }
        Shard share = Shard.numbered(recorded)
                .orElseThrow(() -> new CorruptDataException(
                        file + " is of no valid share of the runs: \"" + recorded + "\"; write it with " + remedy));
        if (first == null) {
            first = file;
            count = share.count();
        } else if (count != share.count()) {
            throw new CommandFailure(file + " is one of " + share.count() + " shares, but " + first + " is one of "
                    + count + "; merge the files of one division");
        }
        Path other = files.putIfAbsent(share.index(), file);
        if (other != null) {
            throw new CommandFailure(other + " and " + file + " are both of share " + share + "; leave one out");
        }
    }

    /**
     * Checks that no share is missing.
     *
     * @throws CommandFailure when one is
     */
    public void requireAll(String remedy) {
        int missing = count - files.size();
        if (missing > 0) {
            // a damaged file may name any number of shares, so they are not all collected
            String shown = IntStream.rangeClosed(1, count)
                    .filter(number -> !files.containsKey(number % count))
                    .limit(SHOWN)
                    .mapToObj(number -> number + "/" + count)
                    .collect(Collectors.joining(", "));
            throw new CommandFailure("no file of share " + shown
                    + (missing > SHOWN ? " and " + (missing - SHOWN) + " more" : "") + "; write it with " + remedy);
        }
    }
}
