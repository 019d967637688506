package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.copick.cli.output.ExitStatus;

/** Output and exit status of a command line. */
public record Called(int status, String out, String err) {
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

    /** Requires that the command ended with 0. */
    public Called succeeded() {
        assertEquals(ExitStatus.DONE, status, () -> out + err);
        return this;
    }

    /** Requires that the command ended with 1 and told why in one line. */
    public Called refused() {
        assertEquals(ExitStatus.FAILED, status, () -> out + err);
        assertEquals(1, err.lines().count(), err);
        assertFalse(err.contains("unexpected"), err);
        return this;
    }
}
