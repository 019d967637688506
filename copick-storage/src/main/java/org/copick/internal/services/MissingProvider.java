package org.copick.internal.services;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * One of our providers that {@link java.util.ServiceLoader} did not find.
 *
 * @param artifact its Maven coordinates, without a version
 * @param type the name of its class
 */
public record MissingProvider(String artifact, String type) {
    /**
     * Looks up a provider in {@code artifacts.properties}, a resource beside a class.
     *
     * @param key what to look up, such as a URL scheme
     */
    public static Optional<MissingProvider> of(Class<?> beside, String key) {
        Properties artifacts = new Properties();
        try (InputStream file = beside.getResourceAsStream("artifacts.properties")) {
            artifacts.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String[] found = artifacts.getProperty(key, "").split(" ", 2);
        return found.length == 2 ? Optional.of(new MissingProvider(found[0], found[1])) : Optional.empty();
    }

    /**
     * Returns what to do about it, as the end of a message.
     *
     * @param loader the class loader that was searched
     */
    public String remedy(Class<?> service, @Nullable ClassLoader loader) {
        if (isThere(loader)) {
            return type + " is there, but no file META-INF/services/" + service.getName() + " names it; let the tool"
                    + " that builds the application's jar merge these files (ServicesResourceTransformer of"
                    + " maven-shade-plugin, mergeServiceFiles() of Gradle Shadow)";
        }
        return "add " + artifact + (service.getModule().isNamed() ? " to the module path" : " to the class path");
    }

    private boolean isThere(@Nullable ClassLoader loader) {
        try {
            Class.forName(type, false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
