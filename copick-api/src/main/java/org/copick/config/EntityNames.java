package org.copick.config;

import java.util.Objects;
import org.copick.error.InvalidNameException;

/**
 * The rules for names of new entities.
 *
 * <p>Names become parts of file names that are joined by {@code _}, so underscores, white space and characters that
 * file systems reject are not allowed. The rules apply to new names only; existing names are read as they are. {@link
 * #sanitize} replaces exactly the characters that Python's {@code sanitize_name} replaces (spec section 3). The other
 * rules keep names readable for every version of Python copick (spec section 13.2).
 */
public final class EntityNames {
    private static final String REPLACED = "\"*/:<>?\\|_\u007f\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000";

    private EntityNames() {}

    /**
     * {@return the name that Python would derive from this one}
     *
     * <p>Each forbidden character becomes {@code -}, then dashes at both ends are removed.
     *
     * @param name any text
     * @throws InvalidNameException if nothing is left
     */
    public static String sanitize(String name) {
        StringBuilder kept = new StringBuilder(name.length());
        name.codePoints().forEach(c -> kept.appendCodePoint(isReplaced(c) ? '-' : c));
        int start = 0;
        int end = kept.length();
        while (start < end && kept.charAt(start) == '-') {
            start++;
        }
        while (end > start && kept.charAt(end - 1) == '-') {
            end--;
        }
        if (start == end) {
            throw new InvalidNameException(
                    "\"" + printable(name) + "\" cannot be a name: it is empty or made of forbidden characters only");
        }
        return kept.substring(start, end);
    }

    /**
     * {@return whether {@link #sanitize} would leave the name unchanged}
     *
     * <p>Names in configurations must pass this test.
     *
     * @param name any text; the empty text does not pass
     */
    public static boolean isSanitized(String name) {
        if (name.isEmpty() || name.startsWith("-") || name.endsWith("-")) {
            return false;
        }
        return name.codePoints().noneMatch(EntityNames::isReplaced);
    }

    /**
     * {@return {@code name} if a new entity may have it}
     *
     * @param what what is being named, for the message, such as {@code user id}
     * @param name the name of the new entity, or a part of it
     * @throws InvalidNameException if it may not; the message says what to change
     */
    public static String checkedForCreation(String what, String name) {
        Objects.requireNonNull(what, "what");
        if (!isSanitized(name)) {
            throw refused(
                    what,
                    name,
                    "it may not begin or end with a dash or hold underscores, spaces or any of \" * / : < > ? \\ |"
                            + proposal(name));
        }
        return checkedFileName(what, name);
    }

    /**
     * {@return {@code type} if a new tomogram may have it}
     *
     * <p>Python mistakes tomograms with {@code features} in their type for features.
     *
     * @param type the tomogram type, such as {@code wbp}
     * @throws InvalidNameException if it may not; the message says what to change
     */
    public static String checkedTomogramType(String type) {
        if (type.contains("features")) {
            throw refused(
                    "tomogram type",
                    type,
                    "Python copick does not list tomograms with \"features\" in their type"
                            + proposal(type.replace("features", "feature")));
        }
        return checkedForCreation("tomogram type", type);
    }

    /**
     * {@return {@code name} if a new segmentation may have it}
     *
     * <p>Python up to 1.27 treats every segmentation with {@code multilabel} anywhere in its name as multilabel.
     *
     * @param what what is being named, for the message, such as {@code segmentation name}
     * @param name the name, user id or session id of the new segmentation
     * @throws InvalidNameException if it may not; the message says what to change
     */
    public static String checkedForSegmentation(String what, String name) {
        Objects.requireNonNull(what, "what");
        if (name.contains("multilabel")) {
            throw refused(
                    what,
                    name,
                    "\"multilabel\" marks multilabel segmentations; choose that segmentation type instead"
                            + proposal(name.replace("multilabel", "multi-label")));
        }
        return checkedForCreation(what, name);
    }

    /**
     * {@return {@code name} if a new run may have it}
     *
     * <p>Each run has its own folder, so underscores and inner spaces are allowed. Separators, and characters that
     * Python's listings treat as patterns, are not.
     *
     * @param name the name of the new run, such as {@code TS_001}
     * @throws InvalidNameException if it may not; the message says what to change
     */
    public static String checkedRunName(String name) {
        if (name.isBlank() || !name.strip().equals(name)) {
            throw refused("run", name, "it is empty or begins or ends with white space" + runProposal(name));
        }
        name.codePoints().filter(EntityNames::isNotForRuns).findFirst().ifPresent(c -> {
            throw refused("run", name, "it may not hold " + printable(Character.toString(c)) + runProposal(name));
        });
        return checkedFileName("run", name);
    }

    /**
     * Returns the end of a message about an invalid name in a configuration: the rules, and a valid name to use
     * instead.
     */
    static String refusal(String name) {
        return "may not begin or end with a dash or hold underscores, spaces or any of \"*/:<>?\\|" + proposal(name);
    }

    private static String checkedFileName(String what, String name) {
        if (name.startsWith(".")) {
            throw refused(what, name, "a leading dot would hide it" + proposal(withoutDots(name)));
        }
        if (name.endsWith(".")) {
            throw refused(what, name, "a trailing dot is lost on some file systems" + proposal(withoutDots(name)));
        }
        return name;
    }

    /** Returns the end of a message that suggests a valid name. */
    private static String proposal(String name) {
        try {
            String sanitized = sanitize(withoutDots(sanitize(name)));
            return isSanitized(sanitized) && !sanitized.startsWith(".") && !sanitized.endsWith(".")
                    ? "; \"" + printable(sanitized) + "\" would do"
                    : "";
        } catch (InvalidNameException nothingLeft) {
            return "; use letters, digits, dots and dashes";
        }
    }

    private static String runProposal(String name) {
        StringBuilder kept = new StringBuilder();
        name.codePoints().forEach(c -> kept.appendCodePoint(isNotForRuns(c) ? '-' : c));
        String proposed = withoutDots(kept.toString().strip()).strip();
        return proposed.isEmpty() || proposed.chars().allMatch(c -> c == '-')
                ? "; use letters, digits, dots, dashes and underscores"
                : "; \"" + printable(proposed) + "\" would do";
    }

    private static String withoutDots(String name) {
        return name.replaceFirst("^[.]+", "").replaceFirst("[.]+$", "");
    }

    private static boolean isNotForRuns(int c) {
        return c < 0x20 || c == 0x7f || "/\\<>:\"|?*[]".indexOf(c) >= 0;
    }

    private static InvalidNameException refused(String what, String name, String why) {
        return new InvalidNameException("\"" + printable(name) + "\" cannot be a new " + what + ": " + why);
    }

    private static boolean isReplaced(int c) {
        return c <= 0x20 || (c >= 0x2000 && c <= 0x200a) || (c <= 0xffff && REPLACED.indexOf(c) >= 0);
    }

    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(120).forEach(c -> {
            if (Character.isISOControl(c)) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }
}
