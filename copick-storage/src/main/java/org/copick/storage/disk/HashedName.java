package org.copick.storage.disk;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The SHA-256 of a text, used on disk instead of the text, which may be unsafe as a file name, too long, or private.
 */
final class HashedName {
    static final int LENGTH = 32;

    private final byte[] hash;

    private HashedName(byte[] hash) {
        this.hash = hash;
    }

    static HashedName of(String text) {
        // hash UTF-16 units, because an encoder would map different malformed texts to the same bytes
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

    /** Returns the first 8 bytes, which distinguish the versions of one object; files also hold the full hash. */
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
