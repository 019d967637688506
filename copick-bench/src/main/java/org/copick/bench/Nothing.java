package org.copick.bench;

/** The smallest program, for what starting a Java process costs. */
final class Nothing {
    private Nothing() {}

    /** Ends at once. */
    public static void main(String[] arguments) {}
}
