package org.copick.layout;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Parts of names that occur in most runs, such as those of users and objects. Equal parts become one text, because a project
 * may hold a million of them. Safe for use by many threads.
 */
final class SharedTexts {
    /** Most texts that are held. Each has one place, where it replaces another. */
    private static final int PLACES = 1 << 10;

    private static final AtomicReferenceArray<String> TEXTS = new AtomicReferenceArray<>(PLACES);

    private SharedTexts() {}

    /** Returns an equal text, often the one that an earlier call returned. */
    static String of(String text) {
        int place = text.hashCode() & (PLACES - 1);
        String shared = TEXTS.getPlain(place);
        if (text.equals(shared)) {
            return shared;
        }
        TEXTS.setPlain(place, text);
        return text;
    }
}
