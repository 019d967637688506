package org.copick.bench;

/** The smallest program, which measures the start-up time of a Java process. */
final class Nothing {
    private Nothing() {}

    /** Ends immediately. */
    public static void main(String[] arguments) {}
}
