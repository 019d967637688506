package org.copick.tests.broken;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.Layer;
import org.copick.error.AlreadyExistsException;
import org.copick.error.InvalidNameException;
import org.copick.error.NotFoundException;
import org.copick.layout.LayoutBackend;
import org.copick.spi.Backend;
import org.copick.spi.CreatedDocument;
import org.copick.spi.Entry;
import org.copick.spi.Listing;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.jspecify.annotations.Nullable;

/**
 * A backend that breaks a promise.
 *
 * @param name the defect
 * @param newBackend creates an empty backend with the defect
 * @param caught the tests that must fail; the first one is specific to the defect
 * @param also other tests that may fail
 */
record BrokenBackend(String name, Supplier<Backend> newBackend, List<String> caught, Set<String> also) {
    static BrokenBackend of(String name, UnaryOperator<Backend> breaking, String... caught) {
        return new BrokenBackend(
                name,
                () -> breaking.apply(new LayoutBackend(new MemoryStore(), "overlay", false)),
                List.of(caught),
                Set.of());
    }

    BrokenBackend also(String... others) {
        return new BrokenBackend(name, newBackend, caught, Set.of(others));
    }

    @Override
    public String toString() {
        return name;
    }

    /** Returns a backend without a defect. */
    static Supplier<Backend> unbroken() {
        return of("nothing", PassingBackend::new).newBackend();
    }

    static List<BrokenBackend> all() {
        List<BrokenBackend> all = new ArrayList<>(listings());
        all.addAll(documents());
        all.addAll(others());
        all.addAll(BrokenViews.all());
        return all;
    }

    private static List<BrokenBackend> listings() {
        return List.of(
                of(
                        "meshes are not listed",
                        backend -> new PassingBackend(backend) {
                            @Override
                            public Listing list(EntityKind kind, @Nullable EntityKey parent) {
                                Listing listing = good().list(kind, parent);
                                return kind == EntityKind.MESH ? Listing.EMPTY : listing;
                            }
                        },
                        "documentsKeepTheirContent"),
                of(
                        "voxel spacings are listed in the order of their text",
                        backend -> new PassingBackend(backend) {
                            @Override
                            public Listing list(EntityKind kind, @Nullable EntityKey parent) {
                                return sorted(good().list(kind, parent), kind == EntityKind.VOXEL_SPACING, "size=");
                            }
                        },
                        "spacingsAreListedBySize"),
                of(
                        "annotations are listed in UTF-16 order",
                        backend -> new PassingBackend(backend) {
                            @Override
                            public Listing list(EntityKind kind, @Nullable EntityKey parent) {
                                return sorted(good().list(kind, parent), kind == EntityKind.PICKS, "user=");
                            }
                        },
                        "listsAreInOrder"),
                of("listings are cached", KeptListings::new, "noListingIsKept")
                        .also("oddButLegalNamesSurvive", "volumesAreKeySpaces", "browsingShowsChanges"),
                of(
                        "parents of the wrong kind are accepted",
                        backend -> new PassingBackend(backend) {
                            @Override
                            public Listing list(EntityKind kind, @Nullable EntityKey parent) {
                                try {
                                    return good().list(kind, parent);
                                } catch (IllegalArgumentException e) {
                                    return Listing.EMPTY;
                                }
                            }
                        },
                        "parentsAreChecked"),
                of("only explicitly created runs exist", CreatedRuns::new, "documentsKeepTheirContent"),
                of(
                                "looking up a run creates it",
                                backend -> new PassingBackend(backend) {
                                    @Override
                                    public Optional<Entry> find(EntityKey key) {
                                        Optional<Entry> found = good().find(key);
                                        if (found.isEmpty() && key instanceof EntityKey.Run) {
                                            good().createContainer(key);
                                        }
                                        return found;
                                    }
                                },
                                "readingCreatesNothing")
                        .also("deletingTakesEverythingWithIt"));
    }

    private static List<BrokenBackend> documents() {
        return List.of(
                of(
                        "createDocument overwrites",
                        backend -> new PassingBackend(backend) {
                            @Override
                            public CreatedDocument createDocument(EntityKey key, byte[] content) {
                                try {
                                    return good().createDocument(key, content);
                                } catch (AlreadyExistsException e) {
                                    Entry there = good().find(key).orElseThrow();
                                    return new CreatedDocument(
                                            there, good().replaceDocument(there, content, WriteCondition.ANY));
                                }
                            }
                        },
                        "aDocumentIsCreatedOnce",
                        "ofManyCreatorsOneWins"),
                of(
                        "createDocument returns another version",
                        backend -> new PassingBackend(backend) {
                            @Override
                            public CreatedDocument createDocument(EntityKey key, byte[] content) {
                                return new CreatedDocument(
                                        good().createDocument(key, content).entry(), new Version("another"));
                            }
                        },
                        "documentsKeepTheirContent"),
                of(
                        "createDocument checks, then writes",
                        backend -> new PassingBackend(backend) {
                            @Override
                            public CreatedDocument createDocument(EntityKey key, byte[] content) {
                                Optional<Entry> there = good().find(key);
                                if (there.isPresent()) {
                                    throw new AlreadyExistsException(key + " is there");
                                }
                                BrokenReading.pause(5);
                                try {
                                    return good().createDocument(key, content);
                                } catch (AlreadyExistsException e) {
                                    Entry other = good().find(key).orElseThrow();
                                    return new CreatedDocument(
                                            other,
                                            good().read(other)
                                                    .orElseThrow()
                                                    .info()
                                                    .version());
                                }
                            }
                        },
                        "ofManyCreatorsOneWins"),
                of(
                        "documents are replaced regardless of the condition",
                        backend -> new PassingBackend(backend) {
                            @Override
                            public Version replaceDocument(Entry document, byte[] content, WriteCondition condition) {
                                return good().replaceDocument(document, content, WriteCondition.ANY);
                            }
                        },
                        "documentsAreReplacedByVersion"),
                of(
                        "replacing returns the old version",
                        backend -> new PassingBackend(backend) {
                            @Override
                            public Version replaceDocument(Entry document, byte[] content, WriteCondition condition) {
                                Optional<StoredObject> old = good().read(document);
                                Version version = good().replaceDocument(document, content, condition);
                                return old.map(read -> read.info().version()).orElse(version);
                            }
                        },
                        "documentsAreReplacedByVersion"),
                of(
                                "reading a deleted document fails",
                                backend -> new PassingBackend(backend) {
                                    @Override
                                    public Optional<StoredObject> read(Entry document) {
                                        return Optional.of(good().read(document)
                                                .orElseThrow(() -> new NotFoundException(document + " is gone")));
                                    }
                                },
                                "documentsAreReplacedByVersion")
                        .also("deletingTakesEverythingWithIt"));
    }

    private static List<BrokenBackend> others() {
        return List.of(
                of(
                        "creating a run twice fails",
                        backend -> new PassingBackend(backend) {
                            @Override
                            public Entry createContainer(EntityKey key) {
                                if (good().find(key).isPresent()) {
                                    throw new AlreadyExistsException(key + " is there");
                                }
                                return good().createContainer(key);
                            }
                        },
                        "containersAreCreatedAndListed"),
                of(
                        "names refer to other folders",
                        backend -> new PassingBackend(backend) {
                            @Override
                            public Entry createContainer(EntityKey key) {
                                try {
                                    return good().createContainer(key);
                                } catch (InvalidNameException e) {
                                    return good().createContainer(new EntityKey.Run("elsewhere"));
                                }
                            }
                        },
                        "namesCannotLeadElsewhere"),
                of(
                        "deleting a run leaves its voxel spacings",
                        backend -> new PassingBackend(backend) {
                            @Override
                            public void delete(Entry entry) {
                                List<EntityKey> kept = entry.key() instanceof EntityKey.Run
                                        ? good().list(EntityKind.VOXEL_SPACING, entry.key()).entries().stream()
                                                .map(Entry::key)
                                                .toList()
                                        : List.of();
                                good().delete(entry);
                                kept.forEach(good()::createContainer);
                            }
                        },
                        "deletingTakesEverythingWithIt"),
                of(
                        "deleting a run leaves its segmentations",
                        backend -> new PassingBackend(backend) {
                            @Override
                            public void delete(Entry entry) {
                                List<Entry> kept = entry.key() instanceof EntityKey.Run
                                        ? good().list(EntityKind.SEGMENTATION, entry.key())
                                                .entries()
                                        : List.of();
                                good().delete(entry);
                                kept.forEach(volume -> touch(good(), volume));
                            }
                        },
                        "deletingTakesEverythingWithIt"),
                of(
                        "deleting a run deletes runs with longer names",
                        backend -> new PassingBackend(backend) {
                            @Override
                            public void delete(Entry entry) {
                                good().delete(entry);
                                if (entry.key() instanceof EntityKey.Run run) {
                                    good().list(EntityKind.RUN, null).entries().stream()
                                            .filter(other -> ((EntityKey.Run) other.key())
                                                    .run()
                                                    .startsWith(run.run()))
                                            .forEach(good()::delete);
                                }
                            }
                        },
                        "deletingTakesEverythingWithIt"),
                of(
                        "deleting a volume leaves its chunks",
                        backend -> new PassingBackend(backend) {
                            @Override
                            public void delete(Entry entry) {
                                if (entry.key() instanceof EntityKey.Segmentation) {
                                    try (ObjectStore volume = good().open(entry)) {
                                        volume.delete(".zgroup");
                                    }
                                } else {
                                    good().delete(entry);
                                }
                            }
                        },
                        "volumesAreKeySpaces"),
                of(
                        "a volume exists before it is written",
                        backend -> new PassingBackend(backend) {
                            @Override
                            public Entry entryForNew(EntityKey key) {
                                Entry entry = good().entryForNew(key);
                                touch(good(), entry);
                                return entry;
                            }
                        },
                        "volumesAreKeySpaces"),
                of(
                                "closing a volume closes the backend",
                                backend -> new PassingBackend(backend) {
                                    @Override
                                    public ObjectStore open(Entry volume) {
                                        return new Passing(good().open(volume)) {
                                            @Override
                                            public void close() {
                                                backend.close();
                                            }
                                        };
                                    }
                                },
                                "volumesAreKeySpaces")
                        .also("deletingTakesEverythingWithIt", "browsingListsTheSame", "browsingShowsChanges"),
                of(
                        "the size is that of one object of a volume",
                        backend -> new PassingBackend(backend) {
                            @Override
                            public long size(Entry entry) {
                                return Math.min(10, good().size(entry));
                            }
                        },
                        "volumesAreKeySpaces",
                        "documentsKeepTheirContent"),
                of(
                        "two layers have the same name",
                        backend -> new PassingBackend(backend) {
                            @Override
                            public List<Layer> layers() {
                                Layer first = good().layers().get(0);
                                return List.of(first, new Layer(first.name(), true, "elsewhere"));
                            }
                        },
                        "layersAreNamedAndOnlyTheFirstIsWritable"));
    }

    private static void touch(Backend backend, Entry volume) {
        try (ObjectStore space = backend.open(volume)) {
            space.write(".zgroup", new byte[0], WriteCondition.ANY);
        }
    }

    /** Sorts by the part of the key's text after {@code from}. */
    private static Listing sorted(Listing listing, boolean really, String from) {
        Comparator<Entry> order = Comparator.comparing(entry -> {
            String text = entry.key().toString();
            return text.substring(text.indexOf(from) + from.length());
        });
        return really
                ? new Listing(listing.entries().stream().sorted(order).toList(), listing.unparsableNames())
                : listing;
    }

    static final class KeptListings extends PassingBackend {
        private final Map<String, Listing> kept = new ConcurrentHashMap<>();

        KeptListings(Backend backend) {
            super(backend);
        }

        @Override
        public Listing list(EntityKind kind, @Nullable EntityKey parent) {
            return kept.computeIfAbsent(kind + " of " + parent, asked -> good().list(kind, parent));
        }
    }

    private static final class CreatedRuns extends PassingBackend {
        private final Set<EntityKey> created = new HashSet<>();

        CreatedRuns(Backend backend) {
            super(backend);
        }

        @Override
        public Entry createContainer(EntityKey key) {
            Entry entry = good().createContainer(key);
            created.add(key);
            return entry;
        }

        @Override
        public Listing list(EntityKind kind, @Nullable EntityKey parent) {
            Listing listing = good().list(kind, parent);
            return kind != EntityKind.RUN
                    ? listing
                    : new Listing(
                            listing.entries().stream()
                                    .filter(entry -> created.contains(entry.key()))
                                    .toList(),
                            listing.unparsableNames());
        }
    }
}
