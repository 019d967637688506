package org.copick.storage.remote;

import java.util.ArrayList;
import java.util.List;
import org.copick.storage.FolderListing;
import org.copick.storage.KeyOrder;
import org.copick.storage.ObjectInfo;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a folder that are listed at the same time. A part is a range of names.
 *
 * <p>A folder begins as one part. After four pages it is divided at the next digits, such as {@code TS_04} and
 * {@code TS_1} after {@code TS_03999}, because most folders with thousands of names number them. A part that turns out to be
 * large is divided in turn. A folder with other names stays one part. For use by one thread.
 */
final class FolderParts {
    /** Most parts that are listed at the same time, as for the keys of a project. */
    static final int AT_ONCE = 16;
    /** Pages before the first division. A folder with fewer is listed before a division would pay. */
    private static final int FIRST_PAGES = 4;
    /** Digits of a name at which it is divided, counted from the first one that differs. */
    private static final int DIGITS = 2;
    /** Most parts for each full page. Each part ends with a page that is not full, so there are at most five requests for each. */
    private static final int PARTS_PER_PAGE = 4;

    private final int begin;
    private final int pageSize;
    private final boolean divides;
    private final List<Part> parts = new ArrayList<>();
    private long names;

    /**
     * Starts with the whole folder.
     *
     * @param prefix the name of the folder, with the separator
     * @param pageSize names in a full page
     * @param divides whether the service can start a listing anywhere
     */
    FolderParts(String prefix, int pageSize, boolean divides) {
        this.begin = prefix.length();
        this.pageSize = pageSize;
        this.divides = divides;
        parts.add(new Part(null, null));
    }

    /** A range of names. */
    final class Part {
        private final @Nullable String after;
        private @Nullable String upTo;
        private final List<ObjectInfo> objects = new ArrayList<>();
        private final List<String> prefixes = new ArrayList<>();
        private @Nullable String first;
        private @Nullable String token;
        private boolean complete;

        private Part(@Nullable String after, @Nullable String upTo) {
            this.after = after;
            this.upTo = upTo;
        }

        /** Returns the name after which the part begins; null for the first part. */
        @Nullable String after() {
            return after;
        }

        /** Returns the service's token of the next page, or null for the first page. */
        @Nullable String token() {
            return token;
        }

        /** Returns whether a name is in this part; a page may begin before it and end behind it. */
        boolean holds(String name) {
            return (after == null || KeyOrder.BY_CODE_POINT.compare(name, after) > 0) && !isBefore(name);
        }

        private boolean isBefore(String name) {
            return upTo != null && KeyOrder.BY_CODE_POINT.compare(name, upTo) > 0;
        }

        /** Adds those objects and prefixes of a page that are in this part. */
        void add(List<ObjectInfo> someObjects, List<String> somePrefixes) {
            objects.addAll(someObjects);
            prefixes.addAll(somePrefixes);
        }

        /**
         * Ends a page, and divides the rest of the part if that pays.
         *
         * @param listed the names in the page, in any order
         * @param next the service's token of the next page, or null if there is none
         */
        void pageEnded(List<String> listed, @Nullable String next) {
            names += listed.size();
            token = next;
            if (listed.isEmpty()) {
                complete = next == null;
                return;
            }
            String last = listed.get(0);
            String least = last;
            for (String name : listed) {
                last = KeyOrder.BY_CODE_POINT.compare(name, last) > 0 ? name : last;
                least = KeyOrder.BY_CODE_POINT.compare(name, least) < 0 ? name : least;
            }
            first = first == null ? least : first;
            complete = next == null || isBefore(last);
            if (!complete && divides && names >= (long) FIRST_PAGES * pageSize) {
                divide(first, last);
            }
        }

        private void divide(String least, String last) {
            List<String> bounds = bounds(least, last, begin);
            bounds.removeIf(bound -> upTo != null && KeyOrder.BY_CODE_POINT.compare(bound, upTo) >= 0);
            if (bounds.isEmpty() || parts.size() + bounds.size() > PARTS_PER_PAGE * names / pageSize) {
                return;
            }
            int at = parts.indexOf(this) + 1;
            @Nullable String end = upTo;
            for (int i = bounds.size() - 1; i >= 0; i--) {
                parts.add(at, new Part(bounds.get(i), end));
                end = bounds.get(i);
            }
            upTo = end;
        }
    }

    /** Returns the names at which the rest of a folder may be divided, in order, if it holds names from the first to the last. */
    static List<String> bounds(String first, String last, int begin) {
        int differing = begin;
        while (differing < Math.min(first.length(), last.length())
                && first.charAt(differing) == last.charAt(differing)) {
            differing++;
        }
        List<String> bounds = new ArrayList<>();
        int digits = 0;
        for (int i = Math.min(differing, last.length() - 1); i >= begin && digits < DIGITS; i--) {
            char digit = last.charAt(i);
            if (digit < '0' || digit > '9') {
                continue;
            }
            digits++;
            for (char next = (char) (digit + 1); next <= '9'; next++) {
                bounds.add(last.substring(0, i) + next);
            }
        }
        return bounds;
    }

    /** Returns the parts of which to request a page next; empty if the listing is complete. */
    List<Part> next() {
        return parts.stream().filter(part -> !part.complete).limit(AT_ONCE).toList();
    }

    /** Returns everything that was listed. */
    FolderListing listing() {
        List<ObjectInfo> objects = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        for (Part part : parts) {
            objects.addAll(part.objects);
            prefixes.addAll(part.prefixes);
        }
        return new FolderListing(objects, prefixes);
    }
}
