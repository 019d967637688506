package org.copick.zarr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a folder in which an image is staged, beside its place: {@code IMAGE.MACHINE-PROCESS-START-NUMBER.staged}.
 * It tells who writes it, so that what a killed process left is not mistaken for what another one is writing.
 */
public final class StagedName {
    private static final String SUFFIX = ".staged";
    private static final Pattern NAME =
            Pattern.compile("(.+)\\.([0-9a-f]{8})-([0-9a-z]+)-([0-9a-z]+)-[0-9a-z]+" + Pattern.quote(SUFFIX));
    private static final String UNKNOWN_MACHINE = "00000000";
    private static final int RADIX = 36;
    /** Which of the numbers behind the name in {@code /proc/PROCESS/stat} is the start; see proc(5). */
    private static final int START_BEHIND_NAME = 19;

    private static final String NO_START = "0";
    private static final String OWN = writer();
    private static final AtomicLong NUMBER = new AtomicLong();

    /** The state of the process that writes into a staged folder. */
    public enum Writer {
        /** It runs on this machine. */
        RUNNING,
        /** It ran on this machine and has ended. */
        GONE,
        /** It runs or ran elsewhere, or the name does not tell. */
        UNKNOWN
    }

    private StagedName() {}

    /** A new name for the staging of the image of that name. */
    static String of(String image) {
        return image + "." + OWN + "-" + Long.toString(NUMBER.getAndIncrement(), RADIX) + SUFFIX;
    }

    /** Whether a folder of this name is no entity but staged. */
    public static boolean isStaged(String name) {
        return name.endsWith(SUFFIX);
    }

    /** Whether a folder of this name stages the image of that name. */
    static boolean isStaged(String name, String image) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() && matcher.group(1).equals(image);
    }

    /** Returns the state of the process that writes into the folder of this name. */
    public static Writer writer(String name) {
        Matcher matcher = NAME.matcher(name);
        String machine = OWN.substring(0, UNKNOWN_MACHINE.length());
        if (!matcher.matches()
                || machine.equals(UNKNOWN_MACHINE)
                || !matcher.group(2).equals(machine)) {
            return Writer.UNKNOWN;
        }
        try {
            long process = Long.parseLong(matcher.group(3), RADIX);
            return start(process).filter(matcher.group(4)::equals).isPresent() ? Writer.RUNNING : Writer.GONE;
        } catch (NumberFormatException e) {
            return Writer.UNKNOWN;
        }
    }

    private static String writer() {
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
