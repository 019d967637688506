package org.copick.cli.project;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.copick.cli.output.CommandFailure;

/** Names to copy and their new names, from two options of Python's sync commands. */
final class NameMap {
    private final Set<String> accepted;
    private final Map<String, String> renamed;

    private NameMap(Set<String> accepted, Map<String, String> renamed) {
        this.accepted = accepted;
        this.renamed = renamed;
    }

    /**
     * Parses both options.
     *
     * @param list names separated by commas; empty for all
     * @param map pairs {@code OLD:NEW} separated by commas
     */
    static NameMap of(String list, String map) {
        Set<String> accepted = new LinkedHashSet<>();
        for (String name : list.split(",", -1)) {
            if (!name.isBlank()) {
                accepted.add(name.strip());
            }
        }
        Map<String, String> renamed = new LinkedHashMap<>();
        for (String pair : map.split(",", -1)) {
            if (pair.isBlank()) {
                continue;
            }
            int colon = pair.indexOf(':');
            if (colon < 1 || colon == pair.length() - 1) {
                throw new CommandFailure("invalid pair \"" + pair.strip() + "\"; write OLD:NEW,OLD:NEW");
            }
            if (renamed.put(
                            pair.substring(0, colon).strip(),
                            pair.substring(colon + 1).strip())
                    != null) {
                throw new CommandFailure("\"" + pair.substring(0, colon).strip() + "\" is mapped twice");
            }
        }
        return new NameMap(accepted, renamed);
    }

    /** Returns the names that the list selects; empty for all. */
    Set<String> accepted() {
        return accepted;
    }

    /** Returns whether a name is selected. */
    boolean accepts(String name) {
        return accepted.isEmpty() || accepted.contains(name);
    }

    /** Returns whether any name is changed. */
    boolean renames() {
        return !renamed.isEmpty();
    }

    /** Returns the new name for a name. */
    String of(String name) {
        return renamed.getOrDefault(name, name);
    }
}
