package org.copick.zarr;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The identity of one write, {@code MACHINE-PROCESS-START-NUMBER}. Others can use it to find out whether its process
 * still runs.
 */
final class WriterId {
    static final String FORM = "[0-9a-f]{8}-[0-9a-z]+-[0-9a-z]+-[0-9a-z]+";

    private static final Pattern PARTS = Pattern.compile("([0-9a-f]{8})-([0-9a-z]+)-([0-9a-z]+)-[0-9a-z]+");
    private static final String UNKNOWN_MACHINE = "00000000";
    private static final int RADIX = 36;
    /** The state of a process that has ended, until its parent asks for the result. */
    private static final String ZOMBIE = "Z";

    /** Index of the start time among the fields after the name in {@code /proc/PROCESS/stat}; see proc(5). */
    private static final int START_BEHIND_NAME = 19;

    private static final String NO_START = "0";
    private static final String OWN = process() + "-";
    private static final AtomicLong NUMBER = new AtomicLong();

    private WriterId() {}

    /** Returns a new identity for a write of this process. */
    static String next() {
        return OWN + Long.toString(NUMBER.getAndIncrement(), RADIX);
    }

    /** Returns whether this process made a write. */
    static boolean isOwn(String id) {
        return id.startsWith(OWN);
    }

    /** Returns the state of the process that made a write. */
    static StagedName.Writer state(String id) {
        Matcher matcher = PARTS.matcher(id);
        String machine = OWN.substring(0, UNKNOWN_MACHINE.length());
        if (!matcher.matches()
                || machine.equals(UNKNOWN_MACHINE)
                || !matcher.group(1).equals(machine)) {
            return StagedName.Writer.UNKNOWN;
        }
        if (matcher.group(3).equals(NO_START)) {
            return StagedName.Writer.UNKNOWN;
        }
        try {
            long process = Long.parseLong(matcher.group(2), RADIX);
            return start(process).filter(matcher.group(3)::equals).isPresent()
                    ? StagedName.Writer.RUNNING
                    : StagedName.Writer.GONE;
        } catch (NumberFormatException e) {
            return StagedName.Writer.UNKNOWN;
        }
    }

    private static String process() {
        long process = ProcessHandle.current().pid();
        return machine() + "-" + Long.toString(process, RADIX) + "-"
                + start(process).orElse(NO_START);
    }

    /**
     * Returns when a running process started, in clock ticks since the machine did. Empty if there is no such process or
     * if it has ended. The time distinguishes a process from later ones with its number. Unlike Java's time of day, it
     * does not change when the clock is set.
     */
    private static Optional<String> start(long process) {
        try {
            // the program's name, in parentheses, may contain any bytes; in UTF-8 those could be invalid
            String state = Files.readString(Path.of("/proc/" + process + "/stat"), StandardCharsets.ISO_8859_1);
            String[] behindName = state.substring(state.lastIndexOf(')') + 2).split(" ", -1);
            if (behindName[0].equals(ZOMBIE) && !hasThreads(process)) {
                return Optional.empty();
            }
            return Optional.of(Long.toString(Long.parseLong(behindName[START_BEHIND_NAME]), RADIX));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Returns whether a process has other threads than the first, which alone may have ended. */
    private static boolean hasThreads(long process) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process + "/task"))) {
            return threads.skip(1).findAny().isPresent();
        }
    }

    /** Identifies the scope of process numbers: a machine from one start to the next, and a container on it. */
    private static String machine() {
        if (start(1).isEmpty()) {
            return UNKNOWN_MACHINE; // processes of other users are hidden, so running ones would seem to have ended
        }
        try {
            String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"));
            String container =
                    Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return String.format("%08x", (boot + container).hashCode());
        } catch (IOException | UnsupportedOperationException e) {
            return UNKNOWN_MACHINE;
        }
    }
}
