package org.copick.tests.network;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.copick.tests.network.FaultyProxy.Answer;
import org.jspecify.annotations.Nullable;

/** An HTTP/1.1 request or response, read completely. */
public final class Message {
    private static final byte[] FILLER = "a".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);

    private final List<String> head;
    private final byte[] body;

    private Message(List<String> head, byte[] body) {
        this.head = head;
        this.body = body;
    }

    /**
     * Returns the next message, or null at the end of the stream.
     *
     * @param asked the method of the request that a response answers
     */
    static @Nullable Message read(InputStream in, @Nullable String asked) throws IOException {
        List<String> head = new ArrayList<>();
        for (String line = line(in); line != null && !(line.isEmpty() && !head.isEmpty()); line = line(in)) {
            if (!line.isEmpty()) {
                head.add(line);
            }
        }
        if (head.isEmpty()) {
            return null;
        }
        Message message = new Message(head, new byte[0]);
        boolean empty = asked != null && (asked.equals("HEAD") || message.status() == 204 || message.status() == 304);
        return empty ? message : new Message(head, message.readBody(in));
    }

    private byte[] readBody(InputStream in) throws IOException {
        if (header("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked")) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            while (true) {
                String size = String.valueOf(line(in));
                all.write((size + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                int length = Integer.parseInt(size.split(";", 2)[0].strip(), 16);
                all.write(exactly(in, length + 2));
                if (length == 0) {
                    return all.toByteArray();
                }
            }
        }
        String length = header("content-length");
        return length.isEmpty() ? new byte[0] : exactly(in, Integer.parseInt(length));
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    void write(OutputStream out, int mostOfBody) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String line : head) {
            all.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        all.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        all.write(body, 0, Math.min(body.length, mostOfBody));
        out.write(all.toByteArray());
        out.flush();
    }

    /** Writes the content byte by byte, until it is complete or the client closes the connection. */
    void drip(OutputStream out, Duration pause) throws IOException, InterruptedException {
        write(out, 0);
        for (byte each : body) {
            Thread.sleep(pause.toMillis());
            out.write(each);
            out.flush();
        }
    }

    /** Answers with content that only ends when the client closes the connection. */
    static void answerWithoutEnd(OutputStream out, Answer begin) throws IOException {
        String head =
                "HTTP/1.1 " + begin.status() + " Injected\r\n" + begin.headers() + "Transfer-Encoding: chunked\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        for (byte[] chunk = begin.body().getBytes(StandardCharsets.UTF_8); ; chunk = FILLER) {
            if (chunk.length > 0) {
                out.write((Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                out.write(chunk);
                out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        }
    }

    static void answer(OutputStream out, int status, String headers, String body, String asked) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head =
                "HTTP/1.1 " + status + " Injected\r\n" + headers + "Content-Length: " + content.length + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        if (!asked.equals("HEAD")) {
            out.write(content);
        }
        out.flush();
    }

    /** {@return the method of the request} */
    public String method() {
        return head.get(0).split(" ", 2)[0];
    }

    /** {@return the decoded path of the request, without the query} */
    public String path() {
        return decoded(target().split("\\?", 2)[0]);
    }

    /** {@return the query of the request as it was sent, or an empty string} */
    public String query() {
        String[] parts = target().split("\\?", 2);
        return parts.length < 2 ? "" : parts[1];
    }

    /**
     * {@return the value of a header by its name in lower case, or an empty string}
     *
     * @param name the name of the header, in lower case
     */
    public String header(String name) {
        for (String line : head.subList(1, head.size())) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
                return line.substring(colon + 1).strip();
            }
        }
        return "";
    }

    int status() {
        return Integer.parseInt(head.get(0).split(" ", 3)[1]);
    }

    int bodyLength() {
        return body.length;
    }

    private String target() {
        return head.get(0).split(" ", 3)[1];
    }

    private static String decoded(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
