package org.copick.portal;

import org.copick.spi.Backend;
import org.copick.spi.Entry;
import org.copick.spi.ForwardingBackend;
import org.copick.storage.ObjectStore;

/** A view of the portal that opens images with few requests. An image that it does not find may still exist. */
final class PortalImages extends ForwardingBackend {
    PortalImages(Backend portal) {
        super(portal);
    }

    @Override
    public ObjectStore open(Entry volume) {
        return new PortalImageStore(super.open(volume));
    }
}
