package org.copick.cli.look;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;

/** Sums by name, sorted. */
final class Distribution {
    private final TreeMap<String, Long> sums = new TreeMap<>();

    void add(String name, long count) {
        sums.merge(name, count, Long::sum);
    }

    void put(ObjectNode into, String field) {
        ObjectNode node = into.putObject(field);
        sums.forEach(node::put);
    }
}
