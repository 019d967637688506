package org.copick.s3;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.copick.error.InvalidConfigException;
import org.jspecify.annotations.Nullable;

/** Reads options by name, and tells of those that nobody asked for. Messages never hold a value. */
final class OptionReader {
    private final String url;
    private final String path;
    private final Map<?, ?> values;
    private final Set<String> known = new TreeSet<>();

    OptionReader(String url, Map<?, ?> values) {
        this(url, "", values);
    }

    private OptionReader(String url, String path, Map<?, ?> values) {
        this.url = url;
        this.path = path;
        this.values = values;
    }

    @Nullable String text(String name) {
        Object value = value(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw wrong(name, "text");
    }

    @Nullable Boolean flag(String name) {
        Object value = value(name);
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        throw wrong(name, "true or false");
    }

    boolean isSet(String name) {
        return Boolean.TRUE.equals(flag(name));
    }

    /** A positive number, or null. */
    @Nullable Double number(String name) {
        Object value = value(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Number number && number.doubleValue() > 0 && number.doubleValue() < 1e6) {
            return number.doubleValue();
        }
        throw wrong(name, "a positive number");
    }

    @Nullable Object value(String name) {
        known.add(name);
        return values.get(name);
    }

    OptionReader inner(String name) {
        Object value = value(name);
        if (value == null || value instanceof Map<?, ?>) {
            return new OptionReader(url, path + name + ".", value == null ? Map.of() : (Map<?, ?>) value);
        }
        throw wrong(name, "an object");
    }

    void ignore(String... names) {
        known.addAll(Set.of(names));
    }

    /** @throws InvalidConfigException for the first option that was not read */
    void refuseOthers() {
        Set<String> given = new TreeSet<>();
        values.keySet().forEach(name -> given.add(String.valueOf(name)));
        for (String name : given) {
            if (!known.contains(name)) {
                throw new InvalidConfigException("cannot open " + url + ": S3 has no option \"" + path + name
                        + "\" (it knows " + String.join(", ", known) + ")");
            }
        }
    }

    InvalidConfigException wrong(String name, String expected) {
        return new InvalidConfigException(
                "cannot open " + url + ": the option \"" + path + name + "\" must be " + expected);
    }
}
