package org.copick.storage.remote;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.copick.error.InvalidConfigException;
import org.copick.storage.StoreAddress;
import org.jspecify.annotations.Nullable;

/**
 * Reads the options of a {@link StoreAddress} by name, and rejects unknown ones. Messages never contain an option's
 * value. For use by one thread.
 */
public final class OptionReader {
    private final String service;
    private final String url;
    private final String path;
    private final Map<?, ?> values;
    private final Set<String> known = new TreeSet<>();

    /**
     * Creates a reader of an address's options.
     *
     * @param service the service's name, for messages
     * @param address the address with the options
     */
    public OptionReader(String service, StoreAddress address) {
        this(service, address.url(), "", address.options());
    }

    private OptionReader(String service, String url, String path, Map<?, ?> values) {
        this.service = service;
        this.url = url;
        this.path = path;
        this.values = values;
    }

    /**
     * {@return a text option; null if it is missing or blank, as in Python}
     *
     * @param name the option's name, as in fsspec
     * @throws InvalidConfigException if it is not a text
     */
    public @Nullable String text(String name) {
        Object value = value(name);
        if (value == null || value instanceof String) {
            String text = (String) value;
            return text == null || text.isBlank() ? null : text;
        }
        throw wrong(name, "text");
    }

    /**
     * {@return a Boolean option, which may also be given as 1 or 0 or as a text; null if it is missing}
     *
     * @param name the option's name, as in fsspec
     * @throws InvalidConfigException if it is neither true nor false
     */
    public @Nullable Boolean flag(String name) {
        Object value = value(name);
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        return switch (value.toString().strip().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw wrong(name, "true or false");
        };
    }

    /**
     * {@return whether a Boolean option is given and true}
     *
     * @param name the option's name, as in fsspec
     * @throws InvalidConfigException if it is neither true nor false
     */
    public boolean isSet(String name) {
        return Boolean.TRUE.equals(flag(name));
    }

    /**
     * {@return a numeric option, which is above 0 and below 1,000,000; null if it is missing}
     *
     * @param name the option's name, as in fsspec
     * @throws InvalidConfigException if it is not a number, or is outside these bounds
     */
    public @Nullable Double number(String name) {
        Object value = value(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Number number && number.doubleValue() > 0 && number.doubleValue() < 1e6) {
            return number.doubleValue();
        }
        throw wrong(name, "a positive number");
    }

    /**
     * {@return an option of any type, or null if it is missing}
     *
     * @param name the option's name, as in fsspec
     */
    public @Nullable Object value(String name) {
        known.add(name);
        return values.get(name);
    }

    /**
     * {@return a reader of the options nested in an option; it has no options if that is missing}
     *
     * @param name the name of an option whose value is a JSON object
     * @throws InvalidConfigException if it is not an object
     */
    public OptionReader inner(String name) {
        Object value = value(name);
        if (value == null || value instanceof Map<?, ?>) {
            return new OptionReader(service, url, path + name + ".", value == null ? Map.of() : (Map<?, ?>) value);
        }
        throw wrong(name, "an object");
    }

    /**
     * Accepts the named options with any value, and ignores them.
     *
     * @param names the options' names, as in fsspec
     */
    public void ignore(String... names) {
        known.addAll(Set.of(names));
    }

    /** Ignores the options of all fsspec file systems that only tune Python. */
    public void ignoreFsspecTuning() {
        ignore(
                "default_block_size",
                "default_cache_type",
                "batch_size",
                "skip_instance_cache",
                "use_listings_cache",
                "listings_expiry_time",
                "max_paths");
    }

    /**
     * Checks that all options were read or ignored.
     *
     * @throws InvalidConfigException for the first option that was not; the message names it and the known ones
     */
    public void refuseOthers() {
        Set<String> given = new TreeSet<>();
        values.keySet().forEach(name -> given.add(String.valueOf(name)));
        for (String name : given) {
            if (!known.contains(name)) {
                throw new InvalidConfigException("cannot open " + url + ": " + service + " has no option \"" + path
                        + name + "\" (it knows " + String.join(", ", known) + ")");
            }
        }
    }

    /**
     * {@return the exception for an option with an invalid value}
     *
     * @param name the option's name, as in fsspec
     * @param expected the valid values, such as {@code true or false}
     */
    public InvalidConfigException wrong(String name, String expected) {
        return new InvalidConfigException(
                "cannot open " + url + ": the option \"" + path + name + "\" must be " + expected);
    }
}
