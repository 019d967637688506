package org.copick.zarr;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a folder in which an image is staged, beside its place: {@code IMAGE.MACHINE-PROCESS-START-NUMBER.staged}.
 * It tells who writes it, so that what a killed process left is not mistaken for what another one is writing.
 */
public final class StagedName {
    private static final String SUFFIX = ".staged";
    private static final Pattern NAME =
            Pattern.compile("(.+)\\.(" + WriterId.FORM + ")" + Pattern.quote(SUFFIX), Pattern.DOTALL);

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
        return of(image, WriterId.next());
    }

    /** The name for the staging of the image of that name by this write. */
    static String of(String image, String writer) {
        return image + "." + writer + SUFFIX;
    }

    /** Whether a folder of this name is no entity but staged. */
    public static boolean isStaged(String name) {
        return name.endsWith(SUFFIX);
    }

    /** The name of the image that a folder of this name stages; empty for other names. */
    public static Optional<String> image(String name) {
        Objects.requireNonNull(name, "name");
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Returns the state of the process that writes into the folder of this name. */
    public static Writer writer(String name) {
        Objects.requireNonNull(name, "name");
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? WriterId.state(matcher.group(2)) : Writer.UNKNOWN;
    }
}
