package org.copick.gcs;

import com.google.api.client.http.HttpResponseException;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.RewriteResponse;
import org.copick.error.ConflictException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.Patience;
import org.jspecify.annotations.Nullable;

/** Copies objects within the bucket, without moving their bytes through this program. */
final class GcsCopies {
    private final Bucket<GcsClient> bucket;
    private final GcsOptions options;

    GcsCopies(Bucket<GcsClient> bucket, GcsOptions options) {
        this.bucket = bucket;
        this.options = options;
    }

    /** Copies in as many steps as the service wants. */
    void copy(ObjectInfo object, String target) {
        @Nullable String token = null;
        boolean done = false;
        while (!done) {
            String going = token;
            RewriteResponse step = bucket.call(
                    "copy",
                    object.key(),
                    Patience.limit(object.size()),
                    client -> GcsFailures.repeated(options, attempt -> step(client, object, target, going)));
            token = step.getRewriteToken();
            done = !Boolean.FALSE.equals(step.getDone()) || token == null;
        }
    }

    private RewriteResponse step(GcsClient client, ObjectInfo object, String target, @Nullable String token)
            throws Exception {
        Storage.Objects.Rewrite rewrite = client.storage()
                .objects()
                .rewrite(bucket.name(), bucket.nameOf(object.key()), bucket.name(), bucket.nameOf(target), null)
                .setIfSourceGenerationMatch(Generations.number(object.version()))
                .setRewriteToken(token)
                .setFields("done,rewriteToken")
                .setUserProject(options.payer());
        try {
            return rewrite.execute();
        } catch (HttpResponseException e) {
            if (e.getStatusCode() == 412 || GcsFailures.isAboutObject(e)) {
                throw new ConflictException(
                        "cannot copy " + bucket.location(object.key()) + ": it has changed meanwhile", e);
            }
            throw e;
        }
    }
}
