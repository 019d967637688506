package org.copick.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.copick.error.ConflictException;
import org.copick.error.StorageException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.RangesRead;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.remote.RangePlan;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Reads objects: exactly the bytes that are wanted, straight into one array each. */
final class S3Reader {
    /** How often ranges are asked for anew when the object is replaced while they are read. */
    private static final int TRIES = 4;

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");

    private final S3Bucket bucket;

    S3Reader(S3Bucket bucket) {
        this.bucket = bucket;
    }

    Optional<StoredObject> read(String key) {
        Found found = bucket.call("read", key, S3Bucket.limit(1L << 30), client -> get(client, key, null, null));
        return switch (found.state) {
            case THERE -> Optional.of(new StoredObject(found.info(), found.bytes()));
            case ABSENT -> Optional.empty();
            default ->
                throw new StorageException(
                        "cannot read " + bucket.location() + "/" + key
                                + ": the service answered as if a part had been asked for",
                        new IllegalStateException(found.toString()));
        };
    }

    Optional<ObjectInfo> info(String key) {
        return bucket.call("look up", key, S3Bucket.LIMIT, client -> head(client, key));
    }

    Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
        RangePlan plan = RangePlan.of(ranges);
        if (plan.spans().isEmpty()) {
            return ofNoBytes(key, ranges, expected);
        }
        long bytes = plan.spans().stream()
                .mapToLong(span -> Math.min(span.length(), 1L << 30))
                .sum();
        for (int i = 0; i < TRIES; i++) {
            List<Found> found = bucket.all(
                    "read from",
                    key,
                    S3Bucket.limit(bytes),
                    plan.spans().stream()
                            .<Function<S3Client, Found>>map(span -> client -> get(client, key, span, expected))
                            .toList());
            Merged merged = merged(key, found, expected);
            if (merged.absent) {
                return Optional.empty();
            }
            if (merged.info != null) {
                List<byte[]> parts = found.stream().map(Found::bytes).toList();
                return Optional.of(new RangesRead(merged.info, plan.parts(merged.info.size(), parts)));
            }
        }
        throw new StorageException(
                "cannot read " + bucket.location() + "/" + key + ": it is replaced all the time; try again",
                true,
                new IllegalStateException("replaced " + TRIES + " times"));
    }

    /** @param info null where the parts are of several states */
    private record Merged(boolean absent, @Nullable ObjectInfo info) {}

    private Merged merged(String key, List<Found> found, @Nullable Version expected) {
        ObjectInfo first = null;
        boolean mixed = false;
        int absent = 0;
        for (Found part : found) {
            if (part.state == State.ABSENT) {
                absent++;
            } else if (part.state == State.CHANGED) {
                mixed = true;
            } else if (first == null) {
                first = part.info();
            } else {
                mixed |= !first.equals(part.info());
            }
        }
        if (absent == found.size()) {
            return new Merged(true, null);
        }
        if (expected != null
                && (mixed || absent > 0 || first == null || !first.version().equals(expected))) {
            throw changed(key);
        }
        return mixed || absent > 0 ? new Merged(false, null) : new Merged(false, first);
    }

    private Optional<RangesRead> ofNoBytes(String key, List<ByteRange> ranges, @Nullable Version expected) {
        Optional<ObjectInfo> info = info(key);
        if (info.isPresent() && expected != null && !info.get().version().equals(expected)) {
            throw changed(key);
        }
        return info.map(found ->
                new RangesRead(found, ranges.stream().map(range -> new byte[0]).toList()));
    }

    private ConflictException changed(String key) {
        return new ConflictException("cannot read from " + bucket.location() + "/" + key
                + ": it was replaced since it was opened; open it anew");
    }

    private enum State {
        THERE,
        ABSENT,
        CHANGED
    }

    /** What one request found. */
    private static final class Found {
        static final Found NOTHING = new Found(State.ABSENT, null, new byte[0]);
        static final Found OTHER = new Found(State.CHANGED, null, new byte[0]);

        final State state;
        private final @Nullable ObjectInfo known;
        private final byte[] bytes;

        Found(State state, @Nullable ObjectInfo known, byte[] bytes) {
            this.state = state;
            this.known = known;
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }

        ObjectInfo info() {
            if (known == null) {
                throw new IllegalStateException("nothing was found");
            }
            return known;
        }

        @Override
        public String toString() {
            return state + " " + known;
        }
    }

    private Found get(S3Client client, String key, @Nullable ByteRange range, @Nullable Version expected) {
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(bucket.name())
                .key(bucket.prefix() + key)
                .range(range == null ? null : header(range))
                .ifMatch(expected == null ? null : ETags.quoted(expected))
                .requestPayer(bucket.payer())
                .build();
        try {
            ResponseTransformer<GetObjectResponse, Found> reading =
                    (response, body) -> found(key, range, response, body);
            return client.getObject(request, reading);
        } catch (AwsServiceException e) {
            if (e.statusCode() == 404) {
                bucket.requireBucket(client, "read", key, e);
                return Found.NOTHING;
            }
            if (e.statusCode() == 412) {
                return Found.OTHER;
            }
            if (e.statusCode() == 416 && range != null) {
                return pastTheEnd(client, key, range, expected);
            }
            throw e;
        }
    }

    private Found pastTheEnd(S3Client client, String key, ByteRange range, @Nullable Version expected) {
        Optional<ObjectInfo> info = head(client, key);
        if (info.isEmpty()) {
            return Found.NOTHING;
        }
        boolean asExpected = expected == null || info.get().version().equals(expected);
        boolean isPast = range.lengthIn(info.get().size()) == 0;
        return asExpected && isPast ? new Found(State.THERE, info.get(), new byte[0]) : Found.OTHER;
    }

    Optional<ObjectInfo> head(S3Client client, String key) {
        try {
            HeadObjectResponse head = client.headObject(request ->
                    request.bucket(bucket.name()).key(bucket.prefix() + key).requestPayer(bucket.payer()));
            return Optional.of(new ObjectInfo(key, head.contentLength(), ETags.version(head.eTag())));
        } catch (AwsServiceException e) {
            if (e.statusCode() != 404) {
                throw e;
            }
            bucket.requireBucket(client, "look up", key, e);
            return Optional.empty();
        }
    }

    private static String header(ByteRange range) {
        if (range.fromEnd()) {
            return "bytes=-" + range.length();
        }
        return "bytes=" + range.offset() + "-" + (range.offset() + range.length() - 1);
    }

    private Found found(String key, @Nullable ByteRange range, GetObjectResponse response, AbortableInputStream body) {
        Long announced = response.contentLength();
        if (announced == null || announced < 0) {
            throw strange(key, "it did not say how many bytes there are");
        }
        try {
            Matcher partial = CONTENT_RANGE.matcher(String.valueOf(response.contentRange()));
            long size = partial.matches() ? Long.parseLong(partial.group(3)) : announced;
            long start = partial.matches() ? Long.parseLong(partial.group(1)) : 0;
            ObjectInfo info = new ObjectInfo(key, size, ETags.version(response.eTag()));
            if (range == null) {
                if (partial.matches()) {
                    throw strange(key, "it sent a part although all was asked for");
                }
                return new Found(State.THERE, info, exactly(key, body, announced));
            }
            long from = range.startIn(size);
            long length = range.lengthIn(size);
            if (partial.matches() ? start != from || announced != length : announced < from + length) {
                throw strange(key, "it sent other bytes than those that were asked for");
            }
            if (!partial.matches()) {
                body.skipNBytes(from); // a service that knows no ranges sends everything
            }
            byte[] bytes = exactly(key, body, length);
            if (!partial.matches() && from + length < announced) {
                body.abort();
            }
            return new Found(State.THERE, info, bytes);
        } catch (IOException e) {
            throw RetryableException.create("the connection was lost while reading", e);
        }
    }

    private byte[] exactly(String key, InputStream body, long length) throws IOException {
        if (length > Integer.MAX_VALUE - 64 || length > Runtime.getRuntime().maxMemory() / 4 * 3) {
            throw strange(key, "its " + length + " bytes do not fit into the memory of this program");
        }
        byte[] bytes = new byte[(int) length];
        int read = body.readNBytes(bytes, 0, bytes.length);
        if (read < bytes.length) {
            throw new EOFException("the answer ended after " + read + " of " + length + " bytes");
        }
        return bytes;
    }

    private StorageException strange(String key, String what) {
        return new StorageException(
                "cannot read " + bucket.location() + "/" + key + ": " + what, new IllegalStateException(what));
    }
}
