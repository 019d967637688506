package org.copick.portal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.error.InvalidNameException;
import org.copick.spi.Backend;
import org.copick.spi.Entry;
import org.copick.spi.ForwardingBackend;
import org.copick.spi.Listing;
import org.jspecify.annotations.Nullable;

/**
 * The writable layer above the portal: a layer in the copick layout that copes with the portal's names.
 *
 * <p>Tomogram types of the portal can contain slashes. The layer holds nothing for them and refuses to store anything.
 * It also refuses new runs whose names are numbers: these are ids of the portal, which may give them to other runs. Runs
 * and voxel spacings that the portal has, too, have the portal's metadata.
 */
final class PortalOverlay extends ForwardingBackend {
    private final Backend layer;
    private final PortalBackend portal;

    PortalOverlay(Backend layer, PortalBackend portal) {
        super(layer);
        this.layer = layer;
        this.portal = portal;
    }

    @Override
    public Listing list(EntityKind kind, @Nullable EntityKey parent) {
        if (parent != null && isOnlyInPortal(parent)) {
            return Listing.EMPTY;
        }
        Listing found = layer.list(kind, parent);
        if (kind != EntityKind.RUN && kind != EntityKind.VOXEL_SPACING) {
            return found;
        }
        if (kind == EntityKind.RUN && found.entries().stream().anyMatch(PortalOverlay::hasId)) {
            portal.list(kind, parent); // all runs at once, before each of them is looked up
        }
        List<Entry> entries = found.entries().stream().map(this::described).toList();
        return new Listing(entries, found.unparsableNames(), found.hidden());
    }

    /** Adds what the portal knows about a run or voxel spacing that this layer has, too. */
    private Entry described(Entry entry) {
        return portal.find(entry.key())
                .map(known -> new Entry(entry.key(), entry.layer(), entry.location(), entry.handle(), known.metadata()))
                .orElse(entry);
    }

    private static boolean hasId(Entry run) {
        return PortalBackend.isId(((EntityKey.Run) run.key()).run());
    }

    @Override
    public Optional<Entry> find(EntityKey key) {
        Optional<Entry> found = isOnlyInPortal(key) ? Optional.empty() : layer.find(key);
        return key.kind().content() == EntityKind.Content.CONTAINER ? found.map(this::described) : found;
    }

    @Override
    public Entry createContainer(EntityKey key) {
        if (key instanceof EntityKey.Run run
                && !run.run().isEmpty()
                && run.run().chars().allMatch(c -> c >= '0' && c <= '9')
                && portal.run(run.run()).isEmpty()) {
            throw new InvalidNameException("cannot create the run \"" + run.run()
                    + "\": names of digits only are ids of portal runs, and the project's datasets have no such run;"
                    + " choose another name");
        }
        return layer.createContainer(key);
    }

    @Override
    public Entry entryForNew(EntityKey key) {
        requireStorable(key);
        return layer.entryForNew(key);
    }

    @Override
    public void hide(EntityKey key) {
        requireStorable(key);
        layer.hide(key);
    }

    @Override
    public boolean unhide(EntityKey key) {
        return !isOnlyInPortal(key) && layer.unhide(key);
    }

    @Override
    public boolean hides(EntityKey key) {
        return !isOnlyInPortal(key) && layer.hides(key);
    }

    @Override
    public Backend prefetching(Duration maxAge) {
        Backend view = layer.prefetching(maxAge);
        return view == layer ? this : new PortalOverlay(view, portal);
    }

    private void requireStorable(EntityKey key) {
        Optional<EntityKey.Tomogram> tomogram = unstorable(key);
        if (tomogram.isPresent() && isOnlyInPortal(key)) {
            Object id = portal.find(tomogram.get())
                    .map(entry -> entry.metadata().get("portal_tomo_id"))
                    .orElse("without id");
            throw new InvalidNameException("cannot store " + key + ": the type of the portal's tomogram " + id
                    + " contains a slash, so that nothing can be stored under it; copy the tomogram to another type");
        }
    }

    /** Returns whether a key belongs to a tomogram of the portal whose type is no name of a folder. */
    private boolean isOnlyInPortal(EntityKey key) {
        return unstorable(key).flatMap(portal::find).isPresent();
    }

    private static Optional<EntityKey.Tomogram> unstorable(EntityKey key) {
        Optional<EntityKey.Tomogram> tomogram = key instanceof EntityKey.Features features
                ? features.parent().map(EntityKey.Tomogram.class::cast)
                : key instanceof EntityKey.Tomogram self ? Optional.of(self) : Optional.empty();
        return tomogram.filter(
                found -> found.type().contains("/") || found.type().indexOf('\0') >= 0);
    }
}
