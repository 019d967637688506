package org.copick.mesh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what a file holds and a reader loses, by kind, with the first few places of each. */
final class Findings {
    private static final int MOST_SHOWN = 5;
    private static final int LONGEST_NAME = 60;

    private final Map<String, Places> kinds = new LinkedHashMap<>();

    private static final class Places {
        private final List<String> first = new ArrayList<>();
        private long count;
    }

    void add(String what, String where) {
        Places places = kinds.computeIfAbsent(what, kind -> new Places());
        places.count++;
        if (places.first.size() < MOST_SHOWN) {
            places.first.add(where.length() <= LONGEST_NAME ? where : where.substring(0, LONGEST_NAME) + "…");
        }
    }

    /** One sentence for each kind. */
    List<String> sentences() {
        return kinds.entrySet().stream()
                .map(kind -> kind.getKey() + ": " + String.join(", ", kind.getValue().first)
                        + (kind.getValue().count > MOST_SHOWN
                                ? " and " + (kind.getValue().count - MOST_SHOWN) + " more"
                                : ""))
                .toList();
    }
}
