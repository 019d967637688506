package org.copick.zarr;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a folder in which an image is staged beside its place: {@code IMAGE.MACHINE-PROCESS-START-NUMBER.staged}.
 * It identifies the writer, so that the leftovers of a killed process are not mistaken for what another process is
 * writing.
 */
public final class StagedName {
    private static final String SUFFIX = ".staged";
    private static final Pattern NAME =
            Pattern.compile("(.+)\\.(" + WriterId.FORM + ")" + Pattern.quote(SUFFIX), Pattern.DOTALL);

    /** The state of the process that writes into a staged folder. */
    public enum Writer {
        /** The process runs on this machine. */
        RUNNING,
        /** The process ran on this machine and has ended. */
        GONE,
        /** The process runs or ran on another machine, or the name does not identify it. */
        UNKNOWN
    }

    private StagedName() {}

    /** Returns a new name for staging the image of this name. */
    static String of(String image) {
        return of(image, WriterId.next());
    }

    /** Returns the name for staging the image of this name by this writer. */
    static String of(String image, String writer) {
        return image + "." + writer + SUFFIX;
    }

    /**
     * {@return whether a folder is a staged folder and not an entity}
     *
     * @param name the name of the folder
     */
    public static boolean isStaged(String name) {
        return name.endsWith(SUFFIX);
    }

    /**
     * {@return the name of the image that a folder stages; empty for other folders}
     *
     * @param name the name of the folder
     */
    public static Optional<String> image(String name) {
        Objects.requireNonNull(name, "name");
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /**
     * {@return the state of the process that writes into a folder}
     *
     * @param name the name of the folder
     */
    public static Writer writer(String name) {
        Objects.requireNonNull(name, "name");
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? WriterId.state(matcher.group(2)) : Writer.UNKNOWN;
    }
}
