package org.copick.gcs;

import com.google.api.client.http.HttpResponseException;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.RewriteResponse;
import org.copick.storage.ObjectInfo;
import org.copick.storage.remote.Bucket;
import org.jspecify.annotations.Nullable;

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
        String token = null;
        for (long left = MOST_STEPS + object.size() / STEP; left > 0; left--) {
            String going = token;
            RewriteResponse step = bucket.call(
                    "copy",
                    object.key(),
                    object.size(),
                    client -> GcsFailures.repeated(options, attempt -> step(client, object, target, going)));
            if (!Boolean.FALSE.equals(step.getDone())) {
                return;
            }
            token = step.getRewriteToken();
            if (token == null) {
                throw bucket.strange("copy", object.key(), "it contains no rewriteToken to continue with");
            }
        }
        throw bucket.strange("copy", object.key(), "the copy does not finish");
    }

    private RewriteResponse step(GcsClient client, ObjectInfo object, String target, @Nullable String token)
            throws Exception {
        Storage.Objects.Rewrite rewrite = client.storage()
                .objects()
                .rewrite(bucket.name(), bucket.nameOf(object.key()), bucket.name(), bucket.nameOf(target), null)
                .setIfSourceGenerationMatch(Generations.condition(object.version()))
                .setRewriteToken(token)
                .setFields("done,rewriteToken")
                .setUserProject(options.payer());
        try {
            return rewrite.execute();
        } catch (HttpResponseException e) {
            if (e.getStatusCode() == 412 || GcsFailures.isAboutObject(e)) {
                throw bucket.changedBeforeCopy(object, e);
            }
            throw e;
        }
    }
}
