package org.copick.layout;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.copick.storage.Keys;
import org.jspecify.annotations.Nullable;

/**
 * The name of an object that hides an entity in the layers below.
 *
 * <p>It is the entity's own file or folder name between a dot and {@code .hidden-v1}, and lies beside the place of the
 * entity. No pattern of Python's listings matches it.
 *
 * @param name the entity's file or folder name
 * @param version the digits after {@code .hidden-v}
 */
record Tombstone(String name, String version) {
    static final String VERSION = "1";
    private static final byte[] CONTENT = "{\"copick_hidden\": 1}\n".getBytes(StandardCharsets.US_ASCII);
    private static final String MIDDLE = ".hidden-v";
    private static final Pattern FORM = Pattern.compile("\\.(.+)\\.hidden-v(\\d+)", Pattern.DOTALL);

    /** Parses the name of a tombstone; returns null for any other key. */
    static @Nullable Tombstone of(String key) {
        Matcher matcher = FORM.matcher(Keys.lastSegment(key));
        return matcher.matches() ? new Tombstone(matcher.group(1), matcher.group(2)) : null;
    }

    /** Returns the key of the tombstone for an entity at this key or prefix. */
    static String key(String handle) {
        String name = Keys.lastSegment(handle);
        return handle.substring(0, handle.lastIndexOf(name)) + "." + name + MIDDLE + VERSION;
    }

    static byte[] content() {
        return CONTENT.clone();
    }

    boolean isOurs() {
        return version.equals(VERSION);
    }
}
