package org.copick.tests;

import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Table of the outcomes of all promises, with a column for each tested subject; printed when the run ends. */
final class PromiseTable implements AutoCloseable {
    /** Outcomes of a promise. */
    enum Outcome {
        KEPT("k"),
        REFUSES("r"),
        NOT_FOR_THIS("-"),
        BROKEN("X"),
        NOT_TESTED("E");

        private final String sign;

        Outcome(String sign) {
            this.sign = sign;
        }
    }

    private static final String LEGEND =
            "Promises: k kept, r kept by refusing undeclared capabilities, - not applicable, X BROKEN, E not tested";

    /** A promise; the rank is its position in the source of its contract. */
    private record Line(String contract, int rank, String promise) {}

    private final Map<Line, Map<String, Outcome>> outcomes = new LinkedHashMap<>();
    private final List<String> subjects = new ArrayList<>();
    private final @Nullable PrintStream output;

    /** Creates a table that prints to {@code output}, or does not print if it is null. */
    PromiseTable(@Nullable PrintStream output) {
        this.output = output;
    }

    synchronized void add(String subject, Method test, String promise, Outcome outcome) {
        if (!subjects.contains(subject)) {
            subjects.add(subject);
        }
        Line line = new Line(test.getDeclaringClass().getSimpleName(), DeclaredOrder.rank(test), promise);
        outcomes.computeIfAbsent(line, added -> new LinkedHashMap<>()).put(subject, outcome);
    }

    @Override
    public synchronized void close() {
        if (output != null && !subjects.isEmpty()) {
            output.print(this);
            output.flush();
        }
    }

    /**
     * Returns the legend, the number of outcomes of each subject, and a table of all promises in the order of the
     * source. The table has a column for each subject, and the numbers of the columns as its head.
     */
    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder("\n").append(LEGEND).append('\n');
        StringBuilder head = new StringBuilder();
        for (int i = 0; i < subjects.size(); i++) {
            String subject = subjects.get(i);
            text.append(String.format("%4d  %-44s", i + 1, subject));
            counts(subject)
                    .forEach((outcome, count) ->
                            text.append("  ").append(outcome.sign).append(' ').append(count));
            text.append('\n');
            head.append(String.format("%4d", i + 1));
        }
        text.append('\n').append(head).append("  promise\n");
        List<String> contracts =
                outcomes.keySet().stream().map(Line::contract).distinct().toList();
        for (String contract : contracts) {
            text.append(" ".repeat(head.length() + 2)).append(contract).append('\n');
            outcomes.keySet().stream()
                    .filter(line -> line.contract().equals(contract))
                    .sorted(Comparator.comparingInt(Line::rank))
                    .forEach(line -> append(line, text));
        }
        return text.append('\n').toString();
    }

    private void append(Line line, StringBuilder text) {
        Map<String, Outcome> bySubject = outcomes.getOrDefault(line, Map.of());
        for (String subject : subjects) {
            Outcome outcome = bySubject.get(subject);
            text.append(String.format("%4s", outcome == null ? "" : outcome.sign));
        }
        text.append("    ").append(line.promise()).append('\n');
    }

    private Map<Outcome, Integer> counts(String subject) {
        Map<Outcome, Integer> counts = new LinkedHashMap<>();
        for (Outcome outcome : Outcome.values()) {
            int count = (int) outcomes.values().stream()
                    .filter(bySubject -> bySubject.get(subject) == outcome)
                    .count();
            if (count > 0) {
                counts.put(outcome, count);
            }
        }
        return counts;
    }
}
