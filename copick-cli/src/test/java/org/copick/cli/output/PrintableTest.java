package org.copick.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.copick.cli.Called;
import org.copick.error.CorruptDataException;
import org.junit.jupiter.api.Test;

/** Tests that names and messages of parsers cannot control a terminal. */
final class PrintableTest {
    private static final String HOSTILE =
            "a\u001b[31mred\u009b2J\u007f\b\u202egnp.\u2066\u200b\ufeff\u2028\ud800.\udb40\udc41";
    private static final String SHOWN =
            "a\\u001b[31mred\\u009b2J\\u007f\\u0008\\u202egnp.\\u2066\\u200b\\ufeff" + "\\u2028\\ud800.\\udb40\\udc41";

    @Test
    void namesAreEscapedAndLettersAreNot() {
        assertEquals(SHOWN + "\\r\\n\\tb\\u0000", Printable.line(HOSTILE + "\r\n\tb\u0000"));
        assertEquals(SHOWN + "\r\n\tb\\r\\u0000", Printable.text(HOSTILE + "\r\n\tb\r\u0000"));
        assertEquals("é Å 中 😀 العربية \\", Printable.line("é Å 中 😀 العربية \\"));
    }

    @Test
    void messagesOfOtherLibrariesAreJoined() {
        assertEquals(
                "unexpected IllegalStateException: a b; run again with --debug to see where",
                FailureMessage.of(new IllegalStateException("a\r\n  b")));
        assertEquals("a\nb", FailureMessage.of(new CorruptDataException("a\nb")), "escaped when it is printed");
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
        screen.out().printf("%s%c %d%n", HOSTILE + '\n', '\u001b', 5);
        screen.out().print("our\tlines\n");
        Printable.row(screen.out(), "a\tb", "c\nd");
        screen.out().print('\u001b');
        screen.out().flush();
        screen.err().println((Object) HOSTILE);
        screen.err().println("a\ncopick: forged");

        String end = System.lineSeparator();
        assertEquals(
                SHOWN + "\\tx\\ny" + end + SHOWN + "\\n\\u001b 5" + end + "our\tlines\na\\tb\tc\\nd" + end + "\\u001b",
                out.toString(StandardCharsets.UTF_8));
        assertEquals(SHOWN + end + "a\\ncopick: forged" + end, err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void jsonMeansTheSame() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Screen screen = new Screen(out, new ByteArrayOutputStream(), new StandardStreams(false, false, false));
        ObjectMapper mapper = new ObjectMapper();

        JsonText.print(screen.out(), mapper.createArrayNode().add(HOSTILE));
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
