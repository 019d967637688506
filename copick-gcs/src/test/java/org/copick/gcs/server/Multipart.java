package org.copick.gcs.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parser for multipart bodies. */
final class Multipart {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");

    private Multipart() {}

    /** A part: headers by their names in lower case, and the body. */
    static final class Section {
        private final Map<String, String> headers;
        private final String body;

        private Section(Map<String, String> headers, String body) {
            this.headers = headers;
            this.body = body;
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        byte[] body() {
            return body.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    static List<Section> sections(String contentType, byte[] body) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!contentType.startsWith("multipart/") || !matcher.find()) {
            throw Refusal.bad("not a multipart body: " + contentType);
        }
        String boundary = "--" + matcher.group(1);
        String text = "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
        List<Section> sections = new ArrayList<>();
        int start = text.indexOf("\r\n" + boundary);
        while (start >= 0) {
            start += boundary.length() + 2;
            if (text.startsWith("--", start)) {
                return sections;
            }
            int end = text.indexOf("\r\n" + boundary, start);
            if (end < 0) {
                break;
            }
            sections.add(section(text.substring(start + 2, end)));
            start = end;
        }
        throw Refusal.bad("the last part does not end");
    }

    /** Parses headers, an empty line, and a body. */
    static Section section(String text) {
        int end = text.startsWith("\r\n") ? 0 : text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw Refusal.bad("a part without an empty line after its headers");
        }
        return new Section(headers(text.substring(0, end)), text.substring(end + (end == 0 ? 2 : 4)));
    }

    private static Map<String, String> headers(String text) {
        Map<String, String> headers = new TreeMap<>();
        for (String line : text.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    /** Parses a request inside a part. */
    static Request request(Section section) {
        String text = section.body;
        int line = text.indexOf("\r\n");
        String[] words = text.substring(0, Math.max(0, line)).split(" ", -1);
        String target = words.length < 2 ? "" : words[1].replaceFirst("^https?://[^/]+", "");
        if (!target.startsWith("/")) {
            throw Refusal.bad("a part that is not a request");
        }
        Section rest = section(text.substring(line + 2));
        return new Request(words[0], target, rest.headers, rest.body());
    }
}
