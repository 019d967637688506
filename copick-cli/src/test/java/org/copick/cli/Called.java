package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.copick.cli.output.ExitStatus;

/**
 * The result of running a command line.
 *
 * @param status the exit status
 * @param out the text on standard output
 * @param err the text on standard error
 */
public record Called(int status, String out, String err) {
    /** Runs a command line in this process. */
    public static Called copick(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        int status = Main.run(new PrintWriter(out), new PrintWriter(err), texts);
        return new Called(status, out.toString(), err.toString());
    }

    /** Requires exit status 0. */
    public Called succeeded() {
        assertEquals(ExitStatus.DONE, status, () -> out + err);
        return this;
    }

    /** Requires exit status 1 and a one-line message. */
    public Called refused() {
        assertEquals(ExitStatus.FAILED, status, () -> out + err);
        assertEquals(1, err.lines().count(), err);
        assertFalse(err.contains("unexpected"), err);
        return this;
    }
}
