package org.copick.spi;

import org.copick.config.ProjectConfig;

/**
 * Opens backends for the configurations it understands; found with {@link java.util.ServiceLoader}, so listed in
 * {@code META-INF/services/org.copick.spi.BackendProvider}.
 */
public interface BackendProvider {
    /** A short name for lists of what is installed, such as {@code overlay}. */
    String name();

    /** Whether this provider opens such a configuration, judged by its {@code config_type} and which roots it names. */
    boolean supports(ProjectConfig config);

    /**
     * Opens the project's backend. Opening lists nothing.
     *
     * @param stores opens the stores that the configuration's roots name
     */
    Backend open(ProjectConfig config, StoreOpener stores);
}
