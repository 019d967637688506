package org.copick.portal;

import java.util.List;
import org.copick.config.ProjectConfig;
import org.copick.error.InvalidConfigException;
import org.copick.layout.LayoutBackend;
import org.copick.layout.LayoutBackendProvider;
import org.copick.overlay.OverlayBackend;
import org.copick.spi.Backend;
import org.copick.spi.BackendProvider;
import org.copick.spi.StoreOpener;

/**
 * Opens projects with datasets of the CryoET Data Portal as a read-only layer.
 *
 * <p>Their configurations have the {@code config_type} {@code "cryoet_data_portal"}. A writable layer in the copick layout
 * lies above the portal.
 *
 * <p>The configuration names the datasets in {@code dataset_ids} and the writable root in {@code overlay_root}. The
 * optional fields {@code portal_url}, {@code portal_bucket_root} and {@code portal_fs_args} name another service, another
 * root for the data, and the file-system arguments of the bucket. Opening sends no request.
 */
public final class PortalBackendProvider implements BackendProvider {
    /** Creates a provider, as {@link java.util.ServiceLoader} does. */
    public PortalBackendProvider() {}

    @Override
    public String name() {
        return "CryoET Data Portal";
    }

    @Override
    public boolean supports(ProjectConfig config) {
        return config.configType().equals(PortalConfig.TYPE);
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidConfigException if the configuration has no overlay root or no valid list of datasets
     */
    @Override
    public Backend open(ProjectConfig config, StoreOpener stores) {
        return open(config, stores, PortalTimes.DEFAULT);
    }

    static Backend open(ProjectConfig config, StoreOpener stores, PortalTimes times) {
        PortalConfig fields = PortalConfig.of(config, System.getenv());
        String root = config.overlayRoot()
                .orElseThrow(() -> new InvalidConfigException("invalid configuration: overlay_root is missing; it names"
                        + " the writable root of a project in the CryoET Data Portal"));
        LayoutBackend own = new LayoutBackend(
                stores.open(root, config.overlayFsArgs()),
                LayoutBackendProvider.OVERLAY,
                false,
                stores.helpers().orElse(null));
        GraphQlClient client = new GraphQlClient(fields.address(), times);
        PortalBucket bucket = new PortalBucket(stores, fields.bucketRoot(), fields.bucketOptions());
        PortalBackend portal = new PortalBackend(fields, client, bucket);
        return new OverlayBackend(List.of(new PortalOverlay(own, portal), portal));
    }
}
