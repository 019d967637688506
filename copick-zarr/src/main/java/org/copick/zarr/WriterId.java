package org.copick.zarr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Identifies one write, {@code MACHINE-PROCESS-START-NUMBER}, so that others can tell whether its process still runs. */
final class WriterId {
    static final String FORM = "[0-9a-f]{8}-[0-9a-z]+-[0-9a-z]+-[0-9a-z]+";

    private static final Pattern PARTS = Pattern.compile("([0-9a-f]{8})-([0-9a-z]+)-([0-9a-z]+)-[0-9a-z]+");
    private static final String UNKNOWN_MACHINE = "00000000";
    private static final int RADIX = 36;
    /** Which of the numbers behind the name in {@code /proc/PROCESS/stat} is the start; see proc(5). */
    private static final int START_BEHIND_NAME = 19;

    private static final String NO_START = "0";
    private static final String OWN = process() + "-";
    private static final AtomicLong NUMBER = new AtomicLong();

    private WriterId() {}

    /** Returns a new identity of a write of this process. */
    static String next() {
        return OWN + Long.toString(NUMBER.getAndIncrement(), RADIX);
    }

    /** Whether a write is one of this process. */
    static boolean isOwn(String id) {
        return id.startsWith(OWN);
    }

    /** Returns the state of the process of a write. */
    static StagedName.Writer state(String id) {
        Matcher matcher = PARTS.matcher(id);
        String machine = OWN.substring(0, UNKNOWN_MACHINE.length());
        if (!matcher.matches()
                || machine.equals(UNKNOWN_MACHINE)
                || !matcher.group(1).equals(machine)) {
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
     * Returns when a process started, in ticks since the machine did, which distinguishes it from later ones of its number;
     * empty if there is no such process. Unlike Java's time of day, it does not move when the clock is set.
     */
    private static Optional<String> start(long process) {
        try {
            String state = Files.readString(Path.of("/proc/" + process + "/stat"));
            // the name of the program, in brackets, may hold anything
            String[] behindName = state.substring(state.lastIndexOf(')') + 2).split(" ", -1);
            return Optional.of(Long.toString(Long.parseLong(behindName[START_BEHIND_NAME]), RADIX));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Where numbers of processes mean the same: a machine from its start to its end, and in it a container. */
    private static String machine() {
        if (start(1).isEmpty()) {
            return UNKNOWN_MACHINE; // processes of other users are hidden, so that running ones would seem gone
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
