package org.copick.tests.broken;

import java.time.Duration;
import java.util.List;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.spi.Backend;
import org.copick.spi.Listing;
import org.jspecify.annotations.Nullable;

/** Backends whose prefetching view differs from the backend. */
final class BrokenViews {
    private BrokenViews() {}

    static List<BrokenBackend> all() {
        return List.of(
                BrokenBackend.of(
                        "a prefetching view does not notice changes",
                        backend -> new PassingBackend(backend) {
                            @Override
                            public Backend prefetching(Duration maxAge) {
                                return new BrokenBackend.KeptListings(good());
                            }
                        },
                        "browsingShowsChanges"),
                BrokenBackend.of(
                        "a prefetching view does not list features",
                        backend -> new PassingBackend(backend) {
                            @Override
                            public Backend prefetching(Duration maxAge) {
                                return new PassingBackend(good()) {
                                    @Override
                                    public Listing list(EntityKind kind, @Nullable EntityKey parent) {
                                        return kind == EntityKind.FEATURES ? Listing.EMPTY : good().list(kind, parent);
                                    }
                                };
                            }
                        },
                        "browsingListsTheSame",
                        "browsingShowsChanges"));
    }
}
