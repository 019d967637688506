package org.copick.gcs;

import com.google.api.client.http.HttpResponseException;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.CopyWriter;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.CopyRequest;
import com.google.cloud.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import org.copick.storage.ObjectInfo;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.Bucket.Call;

/** Copies objects within the bucket on the server, without transferring their bytes. */
final class GcsCopies {
    /** Minimum number of bytes that a step of a copy moves. */
    private static final long STEP = 1 << 20;
    /** Additional steps that a copy may take. */
    private static final int MOST_STEPS = 10;

    private final Bucket<GcsClient> bucket;
    private final GcsOptions options;

    GcsCopies(Bucket<GcsClient> bucket, GcsOptions options) {
        this.bucket = bucket;
        this.options = options;
    }

    /** Copies an object in as many steps as the service requires, each of which moves at least 1 MiB. */
    void copy(ObjectInfo object, String target) {
        List<BlobSourceOption> asked = new ArrayList<>();
        asked.add(BlobSourceOption.generationMatch(Generations.condition(object.version())));
        CopyRequest request = CopyRequest.newBuilder()
                .setSource(bucket.name(), bucket.nameOf(object.key()))
                .setSourceOptions(options.paid(asked, BlobSourceOption::userProject))
                .setTarget(BlobId.of(bucket.name(), bucket.nameOf(target)))
                .build();
        CopyWriter copy = step(object, client -> client.storage().copy(request));
        for (long left = MOST_STEPS + object.size() / STEP; !copy.isDone(); left--) {
            if (left == 0) {
                throw bucket.strange("copy", object.key(), "the copy does not finish");
            }
            step(object, client -> {
                copy.copyChunk();
                return copy;
            });
        }
    }

    private CopyWriter step(ObjectInfo object, Call<GcsClient, CopyWriter> step) {
        return bucket.call(
                "copy",
                object.key(),
                object.size(),
                client -> GcsFailures.repeated(client, attempt -> {
                    try {
                        return step.with(client);
                    } catch (StorageException e) {
                        HttpResponseException refusal = GcsFailures.refusal(e);
                        if (refusal != null && (refusal.getStatusCode() == 412 || GcsFailures.isAboutObject(refusal))) {
                            throw bucket.changedBeforeCopy(object, refusal);
                        }
                        throw e;
                    }
                }));
    }
}
