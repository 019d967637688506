package org.copick.tests.broken;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.copick.error.ConflictException;
import org.copick.error.NotFoundException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.copick.tests.hostile.StoreCall;
import org.jspecify.annotations.Nullable;

/** Stores with defects in details that first implementations easily get wrong. */
final class BrokenDetails {
    private BrokenDetails() {}

    static List<BrokenStore> all() {
        List<BrokenStore> all = new ArrayList<>(writes());
        all.addAll(reads());
        all.addAll(listings());
        return all;
    }

    private static List<BrokenStore> writes() {
        return List.of(
                BrokenStore.together(
                                "an existing key is a conflict",
                                () -> store -> new Passing(store) {
                                    @Override
                                    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
                                        if (condition == WriteCondition.IF_ABSENT
                                                && good().info(key).isPresent()) {
                                            throw new ConflictException(key + " is taken");
                                        }
                                        return good().write(key, bytes, condition);
                                    }
                                },
                                "createIfAbsent",
                                "creatingHasOneWinner")
                        .alsoRandom(),
                BrokenStore.together(
                                "writing an empty object deletes",
                                () -> store -> new Passing(store) {
                                    @Override
                                    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
                                        ObjectInfo info = good().write(key, bytes, condition);
                                        if (bytes.length == 0) {
                                            good().delete(key);
                                        }
                                        return info;
                                    }
                                },
                                "writesCreateAndReplace",
                                "objectsOfAnySizeAreWritten")
                        .alsoRandom("copies", "copiesOfAnotherVersion"),
                BrokenStore.together(
                                "objects are truncated to 1 MiB",
                                () -> store -> new Passing(store) {
                                    @Override
                                    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
                                        return good().write(
                                                        key,
                                                        Arrays.copyOf(bytes, Math.min(bytes.length, 1 << 20)),
                                                        condition);
                                    }
                                },
                                "objectsOfAnySizeAreWritten")
                        .also("readersSeeOldOrNewNeverAMixture"),
                BrokenStore.together(
                                "a read-only store reports an unsupported feature",
                                () -> store -> new Passing(store) {
                                    @Override
                                    public Set<StoreCapability> capabilities() {
                                        return Set.of();
                                    }

                                    @Override
                                    protected <T> T call(StoreCall call, Supplier<T> operation) {
                                        if (call.kind().name().matches("READ.*|INFO|LIST.*")) {
                                            return operation.get();
                                        }
                                        throw new UnsupportedFeatureException("cannot " + call);
                                    }
                                },
                                "aReadOnlyStoreRefusesChanges")
                        .also(BrokenWriting.CHANGING),
                BrokenStore.together(
                        "folders are declared, but keys are flat",
                        () -> store -> new Passing(store) {
                            @Override
                            public Set<StoreCapability> capabilities() {
                                return Set.of(StoreCapability.WRITE, StoreCapability.FOLDERS);
                            }

                            @Override
                            public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
                                if (condition != WriteCondition.ANY) {
                                    throw new UnsupportedFeatureException(
                                            "cannot write " + key + " with this condition");
                                }
                                return good().write(key, bytes, condition);
                            }
                        },
                        "keysAreFlatOrFolders"),
                BrokenStore.together(
                        "deleteAll checks keys one by one",
                        () -> store -> new Passing(store) {
                            @Override
                            public void deleteAll(Collection<String> keys) {
                                keys.forEach(good()::delete);
                            }
                        },
                        "whatIsNoKeyIsRefused"),
                BrokenStore.together(
                        "an interrupted write takes effect",
                        () -> store -> new Passing(store) {
                            @Override
                            public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
                                if (Thread.interrupted()) {
                                    good().write(key, bytes, condition);
                                    Thread.currentThread().interrupt();
                                }
                                return good().write(key, bytes, condition);
                            }
                        },
                        "anInterruptedThreadGetsNothingDone"));
    }

    private static List<BrokenStore> reads() {
        return List.of(
                BrokenStore.together("percent signs are decoded", () -> Decoding::new, "unusualKeysWorkEverywhere"),
                BrokenStore.together("keys ignore case", () -> CaseFolding::new, "keysThatDifferInCaseAreDifferent"),
                BrokenStore.together(
                        "ranges of an old version are an empty result",
                        () -> store -> new Passing(store) {
                            @Override
                            public Optional<RangesRead> readRanges(
                                    String key, List<ByteRange> ranges, @Nullable Version expected) {
                                return good().readRanges(key, ranges, ranges.isEmpty() ? null : expected);
                            }
                        },
                        "rangesOfAnExpectedVersion"),
                BrokenStore.together(
                        "a deleted object is a conflict for its version",
                        () -> store -> new Passing(store) {
                            @Override
                            public Optional<RangesRead> readRanges(
                                    String key, List<ByteRange> ranges, @Nullable Version expected) {
                                Optional<RangesRead> read = good().readRanges(key, ranges, expected);
                                if (read.isEmpty() && expected != null) {
                                    throw new ConflictException(key + " was changed");
                                }
                                return read;
                            }
                        },
                        "aMissingObjectIsAnEmptyResult"),
                BrokenStore.together(
                                "reading writes another object",
                                () -> store -> new Passing(store) {
                                    @Override
                                    public Optional<StoredObject> read(String key) {
                                        Optional<StoredObject> read = good().read(key);
                                        if (read.isPresent()) {
                                            good().write(key + ".seen", new byte[0], WriteCondition.ANY);
                                        }
                                        return read;
                                    }
                                },
                                "unusualKeysWorkEverywhere",
                                "anInterruptedThreadGetsNothingDone",
                                "deletingAndWritingInOnePlaceAtOnce")
                        .alsoRandom());
    }

    private static List<BrokenStore> listings() {
        return List.of(
                BrokenStore.together(
                                "every page is the first one",
                                () -> store -> new Passing(store) {
                                    @Override
                                    public ListPage list(String prefix, @Nullable String after, int limit) {
                                        return good().list(prefix, null, limit);
                                    }
                                },
                                "listingsAreCompleteAndInCodePointOrder",
                                "listingsBeginAfterAnyText",
                                "listingsSurviveDeletionsBetweenPages",
                                "longListingsAreComplete")
                        .alsoRandom(),
                BrokenStore.together(
                        "a page of 1000 objects ends the listing",
                        () -> store -> new Passing(store) {
                            @Override
                            public ListPage list(String prefix, @Nullable String after, int limit) {
                                return limit <= 1000
                                        ? good().list(prefix, after, limit)
                                        : new ListPage(
                                                good().list(prefix, after, 1000).objects(), true);
                            }
                        },
                        "longListingsAreComplete"),
                BrokenStore.together(
                                "a page has one object too many",
                                () -> store -> new Passing(store) {
                                    @Override
                                    public ListPage list(String prefix, @Nullable String after, int limit) {
                                        boolean canGrow = limit > 0 && limit < Integer.MAX_VALUE;
                                        return good().list(prefix, after, canGrow ? limit + 1 : limit);
                                    }
                                },
                                "listingsAreCompleteAndInCodePointOrder",
                                "listingsBeginAfterAnyText",
                                "listingsSurviveDeletionsBetweenPages")
                        .alsoRandom(),
                BrokenStore.together(
                                "an absent prefix fails",
                                () -> store -> new Passing(store) {
                                    @Override
                                    public ListPage list(String prefix, @Nullable String after, int limit) {
                                        if (!prefix.isEmpty()
                                                && good().list(prefix, null, 1)
                                                        .objects()
                                                        .isEmpty()) {
                                            throw new NotFoundException("nothing below " + prefix);
                                        }
                                        return good().list(prefix, after, limit);
                                    }
                                },
                                "anAbsentPrefixIsAnEmptyListing",
                                "prefixesEndAtSlashes",
                                "readingCreatesNothing",
                                "keysThatDifferInCaseAreDifferent")
                        .alsoRandom(),
                BrokenStore.together(
                                "levels are listed in UTF-16 order",
                                () -> store -> new Passing(store) {
                                    @Override
                                    public FolderListing listFolder(String prefix) {
                                        FolderListing level = good().listFolder(prefix);
                                        return new FolderListing(
                                                level.objects().stream()
                                                        .sorted(Comparator.comparing(ObjectInfo::key))
                                                        .toList(),
                                                level.prefixes().stream()
                                                        .sorted()
                                                        .toList());
                                    }
                                },
                                "levelsAreLikeFolders")
                        .alsoRandom(),
                BrokenStore.together(
                        "listings have no sizes",
                        () -> store -> new Passing(store) {
                            @Override
                            public FolderListing listFolder(String prefix) {
                                FolderListing level = good().listFolder(prefix);
                                return new FolderListing(
                                        level.objects().stream()
                                                .map(object -> new ObjectInfo(object.key(), 0, object.version()))
                                                .toList(),
                                        level.prefixes());
                            }
                        },
                        "listingsTellWhatInfoTells",
                        "versionsStayWhileTheObjectDoes"),
                BrokenStore.together(
                        "an interrupted thread can list a level",
                        () -> store -> new Passing(store) {
                            @Override
                            public FolderListing listFolder(String prefix) {
                                boolean interrupted = Thread.interrupted();
                                FolderListing level = good().listFolder(prefix);
                                if (interrupted) {
                                    Thread.currentThread().interrupt();
                                }
                                return level;
                            }
                        },
                        "anInterruptedThreadGetsNothingDone"));
    }

    /** Decodes keys like URLs when it looks objects up. */
    private static final class Decoding extends Passing {
        Decoding(ObjectStore store) {
            super(store);
        }

        private static String decoded(String key) {
            return key.matches(".*%[0-9a-fA-F]{2}.*")
                    ? URLDecoder.decode(
                            key.replace("+", "%2B").replaceAll("%(?![0-9a-fA-F]{2})", "%25"), StandardCharsets.UTF_8)
                    : key;
        }

        @Override
        public Optional<StoredObject> read(String key) {
            good().read(key);
            return good().read(decoded(key));
        }
    }

    /** Ignores the case of keys when it looks objects up, like some file systems. */
    private static final class CaseFolding extends Passing {
        CaseFolding(ObjectStore store) {
            super(store);
        }

        private String found(String key) {
            List<String> same = new ArrayList<>();
            good().forEach("", object -> {
                if (object.key().toLowerCase(Locale.ROOT).equals(key.toLowerCase(Locale.ROOT))) {
                    same.add(object.key());
                }
            });
            return same.isEmpty() || same.contains(key) ? key : same.get(0);
        }

        @Override
        public Optional<StoredObject> read(String key) {
            return good().read(found(key));
        }

        @Override
        public Optional<ObjectInfo> info(String key) {
            return good().info(found(key));
        }

        @Override
        public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
            return good().write(found(key), bytes, condition);
        }
    }
}
