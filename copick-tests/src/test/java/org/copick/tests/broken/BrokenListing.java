package org.copick.tests.broken;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.copick.storage.FolderListing;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;

/** Stores with one defect each in listing. */
final class BrokenListing {
    private BrokenListing() {}

    static List<BrokenStore> all() {
        return List.of(
                BrokenStore.of(
                                "pages are listed in UTF-16 order",
                                Utf16Order::new,
                                "listingsAreCompleteAndInCodePointOrder",
                                "listingsBeginAfterAnyText",
                                "listingsSurviveDeletionsBetweenPages")
                        .alsoRandom(),
                BrokenStore.of(
                                "a full page ends the listing",
                                FullPageEnds::new,
                                "listingsAreCompleteAndInCodePointOrder",
                                "listingsBeginAfterAnyText",
                                "listingsSurviveDeletionsBetweenPages",
                                "longListingsAreComplete")
                        .alsoRandom(),
                BrokenStore.of(
                                "a deletion makes the listing skip the next key",
                                SkipsAfterDeleted::new,
                                "listingsBeginAfterAnyText",
                                "listingsSurviveDeletionsBetweenPages")
                        .alsoRandom(),
                BrokenStore.of(
                                "a page begins with the last key",
                                Inclusive::new,
                                "listingsBeginAfterAnyText",
                                "listingsAreCompleteAndInCodePointOrder",
                                "longListingsAreComplete")
                        .alsoRandom(),
                BrokenStore.of("listings end after 1000 keys", Thousand::new, "longListingsAreComplete"),
                BrokenStore.of(
                        "versions differ in listings",
                        OtherVersions::new,
                        "listingsTellWhatInfoTells",
                        "versionsStayWhileTheObjectDoes"),
                BrokenStore.of(
                                "hidden objects are not listed",
                                WithoutHidden::new,
                                "listingsAreCompleteAndInCodePointOrder",
                                "listingsBeginAfterAnyText",
                                "unusualKeysWorkEverywhere")
                        .also("listingsSurviveDeletionsBetweenPages", "aPageHasAtLeastOneObject"),
                BrokenStore.of(
                                "prefixes of levels lack their slashes",
                                NoSlashes::new,
                                "levelsAreLikeFolders",
                                "prefixesEndAtSlashes",
                                "deletesOfAPrefix",
                                "keysAreFlatOrFolders")
                        .alsoRandom(),
                BrokenStore.of(
                                "prefixes of levels are repeated",
                                Repeating::new,
                                "levelsAreLikeFolders",
                                "prefixesEndAtSlashes",
                                "deletesOfAPrefix",
                                "keysAreFlatOrFolders")
                        .alsoRandom(),
                BrokenStore.of("levels list deeper objects", TooDeep::new, "levelsAreLikeFolders")
                        .alsoRandom(),
                BrokenStore.of(
                                "prefixes match inside names",
                                AnywherePrefix::new,
                                "prefixesEndAtSlashes",
                                "anAbsentPrefixIsAnEmptyListing",
                                "listingsAreCompleteAndInCodePointOrder")
                        .alsoRandom(),
                BrokenStore.of("a page limit of 0 is accepted", AnyLimit::new, "aPageHasAtLeastOneObject"),
                BrokenStore.of(
                        "holds accepts keys that begin like the prefix",
                        HoldsAnyStart::new,
                        "aPrefixHoldsSomethingWhileItIsListed"),
                BrokenStore.of(
                        "holds is true after a deletion", HoldsForEver::new, "aPrefixHoldsSomethingWhileItIsListed"));
    }

    private static final class Utf16Order extends Passing {
        Utf16Order(ObjectStore store) {
            super(store);
        }

        @Override
        public ListPage list(String prefix, @Nullable String after, int limit) {
            good().list(prefix, after, limit);
            List<ObjectInfo> all = new ArrayList<>();
            good().forEach(prefix, all::add);
            all.removeIf(object -> after != null && object.key().compareTo(after) <= 0);
            all.sort(Comparator.comparing(ObjectInfo::key));
            return new ListPage(all.subList(0, Math.min(limit, all.size())), all.size() <= limit);
        }
    }

    private static final class FullPageEnds extends Passing {
        FullPageEnds(ObjectStore store) {
            super(store);
        }

        @Override
        public ListPage list(String prefix, @Nullable String after, int limit) {
            return new ListPage(good().list(prefix, after, limit).objects(), true);
        }
    }

    private static final class SkipsAfterDeleted extends Passing {
        SkipsAfterDeleted(ObjectStore store) {
            super(store);
        }

        @Override
        public ListPage list(String prefix, @Nullable String after, int limit) {
            ListPage page = good().list(prefix, after, limit);
            List<ObjectInfo> all = new ArrayList<>();
            good().forEach("", all::add);
            boolean known = after == null
                    || all.stream().anyMatch(object -> object.key().equals(after));
            int size = page.objects().size();
            return known || size < 2 ? page : new ListPage(page.objects().subList(1, size), page.complete());
        }
    }

    private static final class Inclusive extends Passing {
        Inclusive(ObjectStore store) {
            super(store);
        }

        @Override
        public ListPage list(String prefix, @Nullable String after, int limit) {
            List<ObjectInfo> all =
                    new ArrayList<>(good().list(prefix, after, limit).objects());
            good().list(prefix, null, 1_000_000).objects().stream()
                    .filter(object -> object.key().equals(after))
                    .forEach(object -> all.add(0, object));
            return new ListPage(all, good().list(prefix, after, limit).complete());
        }
    }

    private static final class Thousand extends Passing {
        Thousand(ObjectStore store) {
            super(store);
        }

        @Override
        public ListPage list(String prefix, @Nullable String after, int limit) {
            ListPage page = good().list(prefix, after, limit);
            return page.objects().size() < 1000 ? page : new ListPage(page.objects(), true);
        }
    }

    private static final class OtherVersions extends Passing {
        OtherVersions(ObjectStore store) {
            super(store);
        }

        @Override
        public ListPage list(String prefix, @Nullable String after, int limit) {
            ListPage page = good().list(prefix, after, limit);
            return new ListPage(
                    page.objects().stream()
                            .map(object -> new ObjectInfo(object.key(), object.size(), new Version("listed")))
                            .toList(),
                    page.complete());
        }
    }

    private static final class WithoutHidden extends Passing {
        WithoutHidden(ObjectStore store) {
            super(store);
        }

        @Override
        public ListPage list(String prefix, @Nullable String after, int limit) {
            ListPage page = good().list(prefix, after, 1_000_000);
            List<ObjectInfo> shown = page.objects().stream()
                    .filter(object -> !object.key().contains("/."))
                    .toList();
            return new ListPage(shown.subList(0, Math.min(limit, shown.size())), shown.size() <= limit);
        }
    }

    private static final class NoSlashes extends Passing {
        NoSlashes(ObjectStore store) {
            super(store);
        }

        @Override
        public FolderListing listFolder(String prefix) {
            FolderListing level = good().listFolder(prefix);
            return new FolderListing(
                    level.objects(),
                    level.prefixes().stream()
                            .map(p -> p.substring(0, p.length() - 1))
                            .toList());
        }
    }

    private static final class Repeating extends Passing {
        Repeating(ObjectStore store) {
            super(store);
        }

        @Override
        public FolderListing listFolder(String prefix) {
            FolderListing level = good().listFolder(prefix);
            List<String> twice = new ArrayList<>(level.prefixes());
            twice.addAll(level.prefixes());
            return new FolderListing(level.objects(), twice);
        }
    }

    private static final class TooDeep extends Passing {
        TooDeep(ObjectStore store) {
            super(store);
        }

        @Override
        public FolderListing listFolder(String prefix) {
            return new FolderListing(
                    good().list(prefix, null, 1_000_000).objects(),
                    good().listFolder(prefix).prefixes());
        }
    }

    private static final class AnywherePrefix extends Passing {
        AnywherePrefix(ObjectStore store) {
            super(store);
        }

        @Override
        public ListPage list(String prefix, @Nullable String after, int limit) {
            ListPage page = good().list(prefix, after, limit);
            if (prefix.isEmpty() || after != null) {
                return page;
            }
            List<ObjectInfo> all =
                    new ArrayList<>(good().list("", null, 1_000_000).objects());
            all.removeIf(object -> !object.key().startsWith(prefix.substring(0, prefix.length() - 1)));
            return new ListPage(all.subList(0, Math.min(limit, all.size())), all.size() <= limit);
        }
    }

    private static final class AnyLimit extends Passing {
        AnyLimit(ObjectStore store) {
            super(store);
        }

        @Override
        public ListPage list(String prefix, @Nullable String after, int limit) {
            return limit < 1 ? new ListPage(List.of(), true) : good().list(prefix, after, limit);
        }
    }

    private static final class HoldsAnyStart extends Passing {
        HoldsAnyStart(ObjectStore store) {
            super(store);
        }

        @Override
        public boolean holds(String prefix) {
            String start = prefix.substring(0, Math.max(0, prefix.length() - 1));
            return good().holds(prefix)
                    || good().list("", null, 1_000_000).objects().stream()
                            .anyMatch(object -> object.key().startsWith(start));
        }
    }

    private static final class HoldsForEver extends Passing {
        private final Set<String> held = ConcurrentHashMap.newKeySet();

        HoldsForEver(ObjectStore store) {
            super(store);
        }

        @Override
        public boolean holds(String prefix) {
            return (good().holds(prefix) && held.add(prefix)) || held.contains(prefix);
        }
    }
}
