package org.copick.tests;

import java.io.PrintStream;
import java.util.ArrayList;
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
        BROKEN("X");

        private final String sign;

        Outcome(String sign) {
            this.sign = sign;
        }
    }

    private record Line(String contract, String promise) {}

    private final Map<Line, Map<String, Outcome>> outcomes = new LinkedHashMap<>();
    private final List<String> subjects = new ArrayList<>();
    private final @Nullable PrintStream output;

    /** Creates a table that prints to {@code output}, or does not print if it is null. */
    PromiseTable(@Nullable PrintStream output) {
        this.output = output;
    }

    synchronized void add(String subject, String contract, String promise, Outcome outcome) {
        if (!subjects.contains(subject)) {
            subjects.add(subject);
        }
        outcomes.computeIfAbsent(new Line(contract, promise), line -> new LinkedHashMap<>())
                .put(subject, outcome);
    }

    @Override
    public synchronized void close() {
        if (output != null && !subjects.isEmpty()) {
            output.print(this);
            output.flush();
        }
    }

    /** Returns the table, with a column for each subject and a line for each promise. */
    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder(
                "\nPromises: k kept, r kept by refusing undeclared capabilities, - not applicable, X BROKEN\n");
        for (int i = 0; i < subjects.size(); i++) {
            String subject = subjects.get(i);
            Map<Outcome, Integer> counts = counts(subject);
            text.append(String.format("%4d  %-44s", i + 1, subject));
            counts.forEach((outcome, count) ->
                    text.append("  ").append(outcome.sign).append(' ').append(count));
            text.append('\n');
        }
        List<String> contracts =
                outcomes.keySet().stream().map(Line::contract).distinct().toList();
        for (String contract : contracts) {
            text.append(contract).append('\n');
            outcomes.forEach((line, bySubject) -> {
                if (line.contract().equals(contract)) {
                    text.append("  ");
                    for (int i = 0; i < subjects.size(); i++) {
                        Outcome outcome = bySubject.get(subjects.get(i));
                        text.append(String.format("%2d%s ", i + 1, outcome == null ? " " : outcome.sign));
                    }
                    text.append(' ').append(line.promise()).append('\n');
                }
            });
        }
        return text.append('\n').toString();
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
