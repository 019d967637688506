package org.copick.storage.disk;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Stands for a text on disk, where the text itself might be hostile, too long or nobody's business: its SHA-256. */
final class HashedName {
    static final int LENGTH = 32;

    private final byte[] hash;

    private HashedName(byte[] hash) {
        this.hash = hash;
    }

    static HashedName of(String text) {
        // char by char, because an encoding would take malformed texts for one another
        ByteBuffer chars = ByteBuffer.allocate(2 * text.length());
        chars.asCharBuffer().put(text);
        try {
            return new HashedName(MessageDigest.getInstance("SHA-256").digest(chars.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void putInto(ByteBuffer target) {
        target.put(hash);
    }

    String hex() {
        return HexFormat.of().formatHex(hash);
    }

    /** Enough to tell the versions of one object from each other; what is read is checked against all of the mark. */
    String shortHex() {
        return HexFormat.of().formatHex(hash, 0, 8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HashedName mark && Arrays.equals(hash, mark.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }
}
