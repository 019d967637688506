package org.copick.cli.output;

/** Colours and weights of text on a terminal. */
public enum Style {
    PLAIN(""),
    BOLD("1"),
    FAINT("2"),
    RED("31"),
    GREEN("32");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /** Wraps a text, which must not hold control characters, in the codes of this style. */
    String around(String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
