package org.copick.storage.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.copick.error.StorageException;
import org.copick.storage.FolderListing;
import org.copick.storage.KeyOrder;
import org.copick.storage.ObjectInfo;
import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Folders that are listed in parts by a service with the given names. */
@Timeout(120)
final class FolderPartsTest {
    private static final String FOLDER = "in/f/";
    private static final int PAGE = 1000;

    private final Bucket<String> bucket = TestBucket.open();

    @AfterEach
    void close() {
        bucket.close();
    }

    @Test
    void boundsAreTheNextDigitsOfTheLastName() {
        assertEquals(
                List.of("TS_27", "TS_28", "TS_29", "TS_3", "TS_4", "TS_5", "TS_6", "TS_7", "TS_8", "TS_9"),
                FolderParts.bounds("TS_20000", "TS_26999", 0));
        assertEquals(List.of("5", "6", "7", "8", "9"), FolderParts.bounds("1", "4", 0));
        assertEquals(List.of(), FolderParts.bounds("apple", "pear", 0));
        assertEquals(List.of(), FolderParts.bounds("2024/a", "2024/b", "2024/".length()), "the folder is not divided");
    }

    @Test
    void partsAddUpToTheFolder() {
        long seed = System.nanoTime();
        System.out.println("folders in parts, seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            Service service = new Service(random.nextBoolean(), 1 + random.nextInt(PAGE));
            int count = random.nextInt(random.nextInt(3) == 0 ? 40_000 : 8_000);
            String form = List.of("TS_%05d/x", "%d", "run%d_a/y", "%08x/z", "%d.json", "0%dä/x")
                    .get(random.nextInt(6));
            int begin = random.nextInt(20_000);
            for (int i = 0; i < count; i++) {
                service.put(String.format(form, random.nextInt(4) == 0 ? random.nextInt() : begin + i));
            }
            String what = count + " names like " + form + " of seed " + seed + ", round " + round;

            FolderListing listing = service.listing().level("f/");

            assertEquals(
                    service.objects(),
                    listing.objects().stream().map(ObjectInfo::key).toList(),
                    what);
            assertEquals(service.folders(), listing.prefixes(), what);
        }
    }

    @Test
    void numberedRunsAreListedSixteenAtATime() throws InterruptedException {
        Service service = new Service(true, PAGE);
        IntStream.range(0, 20_000).forEach(run -> service.put(String.format("TS_%05d/a", run)));
        CountDownLatch sixteen = new CountDownLatch(FolderParts.AT_ONCE);
        service.before = request -> {
            if (request > 4 && request <= 4 + FolderParts.AT_ONCE) {
                sixteen.countDown();
                assertTrue(sixteen.await(60, TimeUnit.SECONDS), "16 requests at a time");
            }
        };

        assertEquals(20_000, service.listing().level("f/").prefixes().size());
        assertTrue(service.requests.get() <= 50, service.requests + " requests for 20 pages");
    }

    @Test
    void aFailureOfOnePartFailsTheListing() {
        Service service = new Service(true, PAGE);
        IntStream.range(0, 20_000).forEach(run -> service.put(String.format("TS_%05d/a", run)));
        service.before = request -> {
            if (request == 12) {
                throw new StorageException("the network is down", new IOException());
            }
        };
        BucketListing<String> listing = service.listing();

        assertThrows(StorageException.class, () -> listing.level("f/"));

        assertEquals(20_000, listing.level("f/").prefixes().size());
    }

    @Test
    void fewRequestsAreAdded() {
        for (int count : new int[] {0, 1, 999, 1000, 1001, 3999, 4000, 4001, 5000, 9000, 30_000}) {
            Service service = new Service(true, PAGE);
            IntStream.range(0, count).forEach(run -> service.put("TS_" + run + "/a"));

            assertEquals(count, service.listing().level("f/").prefixes().size());
            int pages = Math.max(1, (count + PAGE - 1) / PAGE);
            int most = count <= 4 * PAGE ? pages : 5 * pages;
            assertTrue(service.requests.get() <= most, service.requests + " requests for " + count + " names");
        }
    }

    private interface Before {
        void request(int number) throws InterruptedException;
    }

    /** A service with an inclusive or exclusive beginning, like Google's or Amazon's. */
    private final class Service {
        private final boolean inclusive;
        private final int page;
        private final NavigableSet<String> names = new TreeSet<>(KeyOrder.BY_CODE_POINT);
        private final AtomicInteger requests = new AtomicInteger();
        private volatile Before before = request -> {};

        Service(boolean inclusive, int page) {
            this.inclusive = inclusive;
            this.page = page;
        }

        void put(String name) {
            names.add(FOLDER + name);
        }

        private List<String> level() {
            NavigableSet<String> level = new TreeSet<>(KeyOrder.BY_CODE_POINT);
            for (String name : names) {
                int slash = name.indexOf('/', FOLDER.length());
                level.add(slash < 0 ? name : name.substring(0, slash + 1));
            }
            return List.copyOf(level);
        }

        List<String> objects() {
            return level().stream()
                    .filter(name -> !name.endsWith("/"))
                    .map(name -> name.substring(3))
                    .toList();
        }

        List<String> folders() {
            return level().stream()
                    .filter(name -> name.endsWith("/"))
                    .map(name -> name.substring(3))
                    .toList();
        }

        BucketListing<String> listing() {
            NavigableSet<String> level = new TreeSet<>(KeyOrder.BY_CODE_POINT);
            level.addAll(level());
            return new BucketListing<>(bucket) {
                @Override
                protected Start start(String below, @Nullable String after, int limit) {
                    return new Start(after, null, limit, key -> true);
                }

                @Override
                protected boolean seeks() {
                    return true;
                }

                @Override
                protected Bucket.Call<String, Page> request(
                        String below,
                        @Nullable String delimiter,
                        @Nullable String from,
                        @Nullable String token,
                        int size) {
                    return client -> {
                        before.request(requests.incrementAndGet());
                        assertEquals("f/", below);
                        NavigableSet<String> rest = token != null
                                ? level.tailSet(token, false)
                                : from != null ? level.tailSet("in/" + from, inclusive) : level;
                        return page(rest, size);
                    };
                }
            };
        }

        private BucketListing.Page page(NavigableSet<String> rest, int size) {
            List<BucketListing.Item> items = new ArrayList<>();
            List<String> prefixes = new ArrayList<>();
            String last = "";
            for (String name : rest) {
                if (items.size() + prefixes.size() == Math.min(size, page)) {
                    return new BucketListing.Page(items, prefixes, false, last);
                }
                last = name;
                if (name.endsWith("/")) {
                    prefixes.add(name);
                } else {
                    items.add(new BucketListing.Item(name, key -> new ObjectInfo(key, 1, new Version("1"))));
                }
            }
            return new BucketListing.Page(items, prefixes, true, null);
        }
    }
}
