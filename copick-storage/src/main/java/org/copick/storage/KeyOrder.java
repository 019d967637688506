package org.copick.storage;

import java.util.Comparator;

/**
 * The order of keys everywhere in copick: by Unicode code point. This is the byte order of UTF-8, and therefore the
 * order of object stores and of Python; {@link String#compareTo} orders differently.
 */
public final class KeyOrder implements Comparator<String> {
    /** The only instance. */
    public static final KeyOrder BY_CODE_POINT = new KeyOrder();

    private KeyOrder() {}

    @Override
    public int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                boolean leftHigh = Character.isSurrogate(left);
                return leftHigh == Character.isSurrogate(right) ? Character.compare(left, right) : leftHigh ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    @Override
    public String toString() {
        return "by code point";
    }
}
