package org.copick.mesh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects the contents of a file that readers lose, by kind, with the first few places of each. */
final class Findings {
    private static final int MOST_SHOWN = 5;
    private static final int LONGEST_NAME = 60;

    private static final String REMEDY = "; importing the file again with \"copick add mesh\" converts it";

    private final Map<String, Places> kinds = new LinkedHashMap<>();

    private static final class Places {
        private final List<String> first = new ArrayList<>();
        private final boolean isLoss;
        private long count;

        Places(boolean isLoss) {
            this.isLoss = isLoss;
        }
    }

    /** Adds something that is missing from the scene that was read. */
    void addLoss(String what, String where) {
        add(what, where, true);
    }

    /**
     * Adds something that Python copick reads differently or not at all. Files written by {@link GlbWriter} have
     * nothing like it.
     */
    void addForPython(String what, String where) {
        add(what + REMEDY, where, false);
    }

    private void add(String what, String where, boolean isLoss) {
        Places places = kinds.computeIfAbsent(what, kind -> new Places(isLoss));
        places.count++;
        if (places.first.size() < MOST_SHOWN) {
            places.first.add(
                    printable(where.length() <= LONGEST_NAME ? where : where.substring(0, LONGEST_NAME) + "…"));
        }
    }

    /** Escapes control characters as JSON does, because a name in a file may hold line breaks and terminal commands. */
    static String printable(String name) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            shown.append(
                    Character.isISOControl(c) ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
        }
        return shown.toString();
    }

    /** Returns one sentence for each kind. */
    List<String> sentences() {
        return sentences(true);
    }

    /** Returns one sentence for each kind of loss. */
    List<String> losses() {
        return sentences(false);
    }

    private List<String> sentences(boolean forPythonToo) {
        return kinds.entrySet().stream()
                .filter(kind -> forPythonToo || kind.getValue().isLoss)
                .map(kind -> kind.getKey() + ": " + String.join(", ", kind.getValue().first)
                        + (kind.getValue().count > MOST_SHOWN
                                ? " and " + (kind.getValue().count - MOST_SHOWN) + " more"
                                : ""))
                .toList();
    }
}
