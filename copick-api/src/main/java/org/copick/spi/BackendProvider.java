package org.copick.spi;

import org.copick.config.ProjectConfig;

/**
 * Opens backends for the configurations it supports.
 *
 * <p>Providers are found with {@link java.util.ServiceLoader}, so each one is listed in {@code
 * META-INF/services/org.copick.spi.BackendProvider}, or in its module's {@code provides} on the module path.
 */
public interface BackendProvider {
    /** Returns a short name for lists of installed providers, such as {@code overlay}. */
    String name();

    /**
     * Returns whether this provider can open a configuration, judged by its {@code config_type} and the roots it
     * names.
     */
    boolean supports(ProjectConfig config);

    /**
     * Opens the project's backend. Opening makes no listing.
     *
     * @param stores opens the stores of the configuration's roots
     */
    Backend open(ProjectConfig config, StoreOpener stores);
}
