package org.copick.tests;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.RangesRead;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/** Texts of arguments and results of calls, as an author would write or read them in a test. */
final class CallText {
    /** Number of elements of a collection that a text shows. */
    private static final int SHOWN = 6;

    private static final Set<Integer> UNSEEN = Set.of(
            (int) Character.CONTROL,
            (int) Character.FORMAT,
            (int) Character.SURROGATE,
            (int) Character.PRIVATE_USE,
            (int) Character.UNASSIGNED);

    private CallText() {}

    static String of(@Nullable Object value) {
        if (value instanceof String text) {
            return quoted(text);
        } else if (value instanceof byte[] bytes) {
            return counted(bytes.length, "byte");
        } else if (value instanceof Version version) {
            return "version " + quoted(version.value());
        } else if (value instanceof ByteRange range) {
            return range.fromEnd() ? "last " + range.length() : range.offset() + "+" + range.length();
        } else if (value instanceof WriteCondition condition) {
            return of(condition);
        } else if (value instanceof ObjectInfo info) {
            return quoted(info.key()) + " (" + counted(info.size(), "byte") + ", " + of(info.version()) + ")";
        } else if (value instanceof StoredObject object) {
            return of(object.info()) + " with " + of(object.bytes());
        } else if (value instanceof RangesRead read) {
            return of(read.info()) + " with " + of(read.parts());
        } else if (value instanceof ListPage page) {
            return (page.complete() ? "the last page " : "a page ")
                    + of(page.objects())
                    + (page.folders().isEmpty() ? "" : " and folders " + of(page.folders()));
        } else if (value instanceof FolderListing level) {
            return "objects " + of(level.objects()) + " and prefixes " + of(level.prefixes());
        } else if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? of(optional.get()) : "empty";
        } else if (value instanceof Map.Entry<?, ?> entry) {
            return of(entry.getKey()) + "=" + of(entry.getValue());
        } else if (value instanceof Collection<?> values) {
            String shown = values.stream().limit(SHOWN).map(CallText::of).collect(Collectors.joining(", ", "[", ""));
            return shown + (values.size() > SHOWN ? ", … " + (values.size() - SHOWN) + " more]" : "]");
        }
        return String.valueOf(value);
    }

    private static String of(WriteCondition condition) {
        return condition instanceof WriteCondition.IfVersion ifVersion
                ? "ifVersion(" + quoted(ifVersion.expected().value()) + ")"
                : condition.equals(WriteCondition.ANY) ? "ANY" : "IF_ABSENT";
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** Quotes a text and escapes what a terminal may not show, such as control characters and lone surrogates. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == 0) {
                quoted.append("\\0");
            } else if (UNSEEN.contains(Character.getType(c))) {
                for (char half : Character.toChars(c)) {
                    quoted.append(String.format("\\u%04x", (int) half));
                }
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }
}
