package org.copick.spi;

import org.copick.config.ProjectConfig;

/**
 * Opens backends for the configurations it supports.
 *
 * <p>Providers are found with {@link java.util.ServiceLoader}, so each one is listed in {@code
 * META-INF/services/org.copick.spi.BackendProvider}, or in its module's {@code provides} on the module path.
 */
public interface BackendProvider {
    /** {@return a short name for lists of installed providers, such as {@code overlay}} */
    String name();

    /**
     * {@return whether this provider can open a configuration, judged by its {@code config_type} and the roots it
     * names}
     *
     * @param config the configuration of a project
     */
    boolean supports(ProjectConfig config);

    /**
     * Opens the project's backend. Opening makes no listing.
     *
     * @param config a configuration that this provider supports
     * @param stores opens the stores of the configuration's roots
     * @return the backend, which closes the stores that it opened
     */
    Backend open(ProjectConfig config, StoreOpener stores);
}
