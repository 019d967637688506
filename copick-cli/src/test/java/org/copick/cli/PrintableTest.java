package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.copick.error.CorruptDataException;
import org.junit.jupiter.api.Test;

/** Names in files and messages of parsers reach no terminal as commands. */
final class PrintableTest {
    private static final String HOSTILE = "a\u001b[31mred\u009b2J\u007f\b";
    private static final String SHOWN = "a\\u001b[31mred\\u009b2J\\u007f\\u0008";

    @Test
    void messagesAreOneLineWithoutCommands() {
        assertEquals(SHOWN + " b\\u0000", Main.message(new CorruptDataException(HOSTILE + "\r\n  b\u0000")));
        assertEquals("tabs\tstay", Printable.line("tabs\tstay"));
        assertEquals("é Å 中 😀", Printable.line("é Å 中 😀"));
    }

    @Test
    void wrongUsageIsShownWithoutCommandsToo() {
        assertEquals(
                "copick: no command " + SHOWN + "; try 'copick --help'" + System.lineSeparator(),
                Called.copick(HOSTILE).err());
    }

    @Test
    void bothStreamsEscapeWhatTheyPrint() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(out, err, new StandardStreams(true, false, false));

        screen.out().println(HOSTILE + "\tx\ny");
        screen.out().printf("%s%c", HOSTILE, '\u001b');
        screen.out().flush();
        screen.err().println((Object) HOSTILE);
        screen.err().println("a\ncopick: forged");

        String end = System.lineSeparator();
        assertEquals(SHOWN + "\tx\ny" + end + SHOWN + "\\u001b", out.toString(StandardCharsets.UTF_8));
        assertEquals(SHOWN + end + "a copick: forged" + end, err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void jsonMeansTheSame() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Screen screen = new Screen(out, new ByteArrayOutputStream(), new StandardStreams(false, false, false));
        ObjectMapper mapper = new ObjectMapper();

        screen.out().println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(new String[] {HOSTILE}));
        screen.out().flush();

        assertEquals(HOSTILE, mapper.readTree(out.toByteArray()).get(0).textValue());
    }

    @Test
    void theStatusLineAndPicturesAreLeftAsTheyAre() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(out, err, new StandardStreams(false, true, false));

        screen.draw("10 %");
        screen.write(new byte[] {0x1b, 0, (byte) 0x9b});

        assertEquals("\r\u001b[K10 %", err.toString(StandardCharsets.UTF_8));
        assertEquals(3, out.size());
    }
}
