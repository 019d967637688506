package org.copick.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds habits that make prose hard to read, in comments, messages, help texts and Markdown.
 *
 * <p>{@link ProseTest} keeps the checkout free of them. While writing, {@code java Prose.java FILES} checks single files.
 */
final class Prose {
    /** Habits anywhere in a text. */
    private static final Map<String, Pattern> HABITS = habits(
            "a clause as subject",
            "(?:^|[.;:!]\\s+)(?:Who|What|Whose|Whom|As whom|Whoever|Whatever)\\b(?![^.?]*\\?)",
            "\"The same\" without the difference",
            "(?:^|[.;:]\\s+)(?:The same|Likewise|So (?:does|do|is|are|may)|As (?:above|before))\\b",
            "\"told\", \"said\", \"asked\" of things",
            "\\b(?:is|are|was|were|be|been|being|gets?) (?:told|looked for|gone by|said)\\b"
                    + "|\\btells (?:of|what|which|where|how|whether)\\b|\\b(?:says|said) (?:otherwise|of (?:it|them)sel(?:f|ves))\\b",
            "\"anew\", \"once more\", \"means nothing\"",
            "\\banew\\b|\\bonce more\\b|\\bmeans? nothing\\b|\\bgo(?:es)? by\\b|\\blest\\b",
            "\"where\" for \"if\"",
            "(?:^|[.;]\\s+)Where(?! (?:(?:and|or) how|to)\\b)\\b(?![^.?]*\\?)"
                    + "|\\b[Ww]here (?:there (?:is|are)|nothing|none|not\\b|no \\w+ (?:is|are)|they are not|it is not|neither|possible"
                    + "|necessary|needed)",
            "\"one that is none\"",
            "\\b(?:that|which|who) (?:is|are) none\\b|\\b(?:it|they) (?:is|are) none\\b",
            "\"is to be done\"",
            "\\b(?:is|are) (?:not )?to be \\w+(?:ed|en)\\b");

    /** Habits of the first sentence of a Javadoc text. */
    private static final Map<String, Pattern> SUMMARIES = habits(
            "no verb and no name",
            "^(?:By|Of|As|With|Without|In|On|At|To|From|For|If|When|How|That|Which|Whether|Not|So|Only|Like|Since|Between|Under)\\b");

    private static final int LONGEST_SUMMARY = 120;

    private static final Pattern COMMENTS = Pattern.compile(
            "\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])*'|/\\*.*?\\*/|(?:(?m)^[ \\t]*//[^\\n]*\\n)+|//[^\\n]*",
            Pattern.DOTALL);
    private static final Pattern SENTENCE_END = Pattern.compile("(?<!e\\.g|i\\.e|etc|\\bv|Å)[.](?=\\s|$)");

    private Prose() {}

    private static Map<String, Pattern> habits(String... namesAndPatterns) {
        Map<String, Pattern> habits = new LinkedHashMap<>();
        for (int i = 0; i < namesAndPatterns.length; i += 2) {
            habits.put(namesAndPatterns[i], Pattern.compile(namesAndPatterns[i + 1]));
        }
        return habits;
    }

    /** A habit at a place: {@code line (habit) text}. */
    record Finding(int line, String habit, String text) {
        @Override
        public String toString() {
            return line + " (" + habit + ") " + (text.length() > 140 ? text.substring(0, 140) + "…" : text);
        }
    }

    /** Lists the habits found in a file; files that are neither Java, Markdown, XML nor scripts have none. */
    static List<Finding> of(Path file) throws IOException {
        String name = file.getFileName().toString();
        String text;
        if (name.endsWith(".java")) {
            return ofJava(Files.readString(file));
        } else if (name.endsWith(".md")) {
            return ofMarkdown(Files.readString(file));
        } else if (name.endsWith(".xml")) {
            return ofParts(Files.readString(file), Pattern.compile("<!--(.*?)-->", Pattern.DOTALL), "");
        } else if (name.endsWith(".py") || !name.contains(".")) {
            text = Files.readString(file);
            return name.endsWith(".py") || text.startsWith("#!")
                    ? ofParts(
                            text,
                            Pattern.compile("((?:(?m)^[ \\t]*#[^\\n]*\\n)+|\"\"\".*?\"\"\")", Pattern.DOTALL),
                            "(?m)^\\s*#[:!]?|\"\"\"")
                    : List.of();
        }
        return List.of();
    }

    private static List<Finding> ofJava(String source) {
        List<Finding> found = new ArrayList<>();
        Matcher parts = COMMENTS.matcher(source);
        while (parts.find()) {
            String part = parts.group();
            int at = parts.start();
            if (part.startsWith("/**")) {
                String text = inline(part.substring(3, part.length() - 2).replaceAll("(?m)^\\s*\\*", " "));
                summary(found, source, at, text);
                // each paragraph and tag begins a sentence
                for (String paragraph : text.split("<[/a-z0-9]+>|@(?:param \\S+|return|throws \\S+)", -1)) {
                    add(found, source, at, paragraph);
                }
            } else if (part.startsWith("/*")) {
                add(found, source, at, part.substring(2, part.length() - 2).replaceAll("(?m)^\\s*\\*", " "));
            } else if (part.startsWith("//")) {
                add(found, source, at, part.replaceAll("(?m)^\\s*//", " "));
            } else if (part.startsWith("\"")
                    && part.chars().filter(c -> c == ' ').count() > 2) {
                add(found, source, at, part.replaceAll("^\"+|\"+$", "").replace("\\n", " "));
            }
        }
        return found;
    }

    private static List<Finding> ofMarkdown(String text) {
        List<Finding> found = new ArrayList<>();
        Matcher paragraphs = Pattern.compile("(?:(?m)^(?!\\s*$).*\\n?)+").matcher(text);
        boolean code = false;
        while (paragraphs.find()) {
            String paragraph = paragraphs.group();
            long fences =
                    Pattern.compile("(?m)^\\s*```").matcher(paragraph).results().count();
            boolean inCode = code || fences > 0 || paragraph.startsWith("    ");
            code ^= fences % 2 == 1;
            if (!inCode) {
                // a heading may be a question without its mark
                String prose = paragraph.replaceAll("(?m)^#.*$", "");
                for (String piece : prose.split("(?m)^\\s*(?:[-*#>]+|\\d+\\.) |\\|", -1)) {
                    add(found, text, paragraphs.start(), piece);
                }
            }
        }
        return found;
    }

    private static List<Finding> ofParts(String text, Pattern parts, String marks) {
        List<Finding> found = new ArrayList<>();
        Matcher matcher = parts.matcher(text);
        while (matcher.find()) {
            String part = matcher.group(1);
            add(found, text, matcher.start(), marks.isEmpty() ? part : part.replaceAll(marks, " "));
        }
        return found;
    }

    private static String inline(String javadoc) {
        return javadoc.replaceAll("\\{@(?:code|link|linkplain|literal)\\s+([^}]*)}", "$1")
                .replaceAll("\\{@return\\s+([^}]*)}", "Returns $1.")
                .replaceAll("\\s+", " ");
    }

    private static void summary(List<Finding> found, String source, int at, String text) {
        String body = text.split("<p>|(?:^|\\s)@(?:param|return|throws|see|since|implSpec|implNote)\\b", 2)[0].strip();
        if (body.isEmpty()) {
            return;
        }
        Matcher end = SENTENCE_END.matcher(body);
        String first = end.find() ? body.substring(0, end.end()) : body;
        if (first.length() > LONGEST_SUMMARY) {
            found.add(new Finding(line(source, at), "a first sentence of " + first.length() + " characters", first));
        }
        SUMMARIES.forEach((habit, pattern) -> {
            if (pattern.matcher(first).find()) {
                found.add(new Finding(line(source, at), habit, first));
            }
        });
    }

    private static void add(List<Finding> found, String source, int at, String text) {
        String flat = text.replaceAll("`[^`]*`", "x").replaceAll("\\s+", " ").strip();
        HABITS.forEach((habit, pattern) -> {
            Matcher matcher = pattern.matcher(flat);
            if (matcher.find()) {
                int from = Math.max(0, matcher.start() - 30);
                found.add(new Finding(line(source, at), habit, (from > 0 ? "…" : "") + flat.substring(from)));
            }
        });
    }

    private static int line(String text, int at) {
        return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    }

    public static void main(String[] files) throws IOException {
        int count = 0;
        for (String file : (Iterable<String>) Stream.of(files)::iterator) {
            for (Finding finding : of(Path.of(file))) {
                System.out.println(file + ":" + finding);
                count++;
            }
        }
        System.out.println(count + " places");
    }
}
