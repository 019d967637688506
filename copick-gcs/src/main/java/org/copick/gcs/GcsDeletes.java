package org.copick.gcs;

import com.google.api.client.googleapis.batch.BatchRequest;
import com.google.api.client.googleapis.batch.json.JsonBatchCallback;
import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.StorageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.copick.error.NotFoundException;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.Bucket.Call;

/** Deletes single objects, or many objects in batches. */
final class GcsDeletes {
    /** Maximum number of objects in a batch. */
    private static final int BATCH = 100;
    /** Number of batches that are sent in parallel. */
    private static final int SIDE_BY_SIDE = 8;

    private final Bucket<GcsClient> bucket;
    private final GcsOptions options;
    private final GcsObjects objects;
    private final GcsFailures failures;

    GcsDeletes(Bucket<GcsClient> bucket, GcsOptions options, GcsObjects objects, GcsFailures failures) {
        this.bucket = bucket;
        this.options = options;
        this.objects = objects;
        this.failures = failures;
    }

    void delete(String key) {
        bucket.call("delete", key, client -> GcsFailures.repeated(client, attempt -> deleted(client, key)));
    }

    private boolean deleted(GcsClient client, String key) throws Exception {
        HttpResponseException missing = null;
        try {
            if (client.storage().delete(BlobId.of(bucket.name(), bucket.nameOf(key)), payer())) {
                return true;
            }
        } catch (StorageException e) {
            missing = GcsFailures.refusal(e);
            if (missing == null || missing.getStatusCode() != 404) {
                throw e;
            }
        }
        objects.requireBucket("delete", key, missing);
        return false;
    }

    private BlobSourceOption[] payer() {
        return options.paid(new ArrayList<BlobSourceOption>(), BlobSourceOption::userProject)
                .toArray(BlobSourceOption[]::new);
    }

    /** Deletes objects by their names in the bucket. Throws the first failure after all deletions were tried. */
    void deleteAll(List<String> names) {
        List<Call<GcsClient, Map<String, Exception>>> calls = new ArrayList<>();
        for (int i = 0; i < names.size(); i += BATCH) {
            List<String> batch = names.subList(i, Math.min(names.size(), i + BATCH));
            calls.add(client -> deleted(client, batch));
        }
        Map<String, Exception> undeleted = new TreeMap<>();
        for (int i = 0; i < calls.size(); i += SIDE_BY_SIDE) {
            bucket.all("delete from", "", 0, calls.subList(i, Math.min(calls.size(), i + SIDE_BY_SIDE)))
                    .forEach(undeleted::putAll);
        }
        if (!undeleted.isEmpty()) {
            throw failure(undeleted);
        }
    }

    private RuntimeException failure(Map<String, Exception> undeleted) {
        Map.Entry<String, Exception> first = undeleted.entrySet().iterator().next();
        String where = bucket.location(bucket.keyOf(first.getKey()).orElse(first.getKey()));
        String others = undeleted.size() == 1 ? "" : " and " + (undeleted.size() - 1) + " others";
        return failures.of("delete", where + others, first.getValue());
    }

    /**
     * Deletes a batch and returns the failures by name, so that other batches continue. Throws only if there is no
     * bucket.
     */
    private Map<String, Exception> deleted(GcsClient client, List<String> names) throws HttpResponseException {
        Map<String, Exception> left = new TreeMap<>();
        List<String> pending = new ArrayList<>(names);
        try {
            GcsFailures.repeated(options.retryPolicy().attempts(), attempt -> {
                Map<String, Exception> failed = batch(client, pending);
                pending.clear();
                Exception passing = null;
                for (Map.Entry<String, Exception> one : failed.entrySet()) {
                    if (GcsFailures.mayPass(one.getValue())) {
                        pending.add(one.getKey());
                        passing = one.getValue();
                    } else {
                        left.put(one.getKey(), one.getValue());
                    }
                }
                if (passing != null) {
                    throw passing;
                }
                return true;
            });
        } catch (NotFoundException e) {
            throw e;
        } catch (Exception e) {
            HttpResponseException refused = GcsFailures.refusal(e);
            if (refused != null && refused.getStatusCode() == 404) {
                throw refused;
            }
            pending.forEach(name -> left.put(name, e));
        }
        return left;
    }

    private Map<String, Exception> batch(GcsClient client, Collection<String> names) throws Exception {
        Map<String, Exception> failed = new TreeMap<>();
        List<HttpResponseException> absent = new ArrayList<>();
        BatchRequest batch = client.raw().batch();
        for (String name : names) {
            client.raw().deletion(bucket.name(), name, options.payer()).queue(batch, new JsonBatchCallback<Void>() {
                @Override
                public void onSuccess(Void nothing, HttpHeaders headers) {
                    failed.remove(name);
                }

                @Override
                public void onFailure(GoogleJsonError error, HttpHeaders headers) {
                    if (error.getCode() == 404) {
                        absent.add(refusal(error, headers));
                    } else {
                        failed.put(name, refusal(error, headers));
                    }
                }
            });
        }
        batch.execute();
        if (!absent.isEmpty()) {
            objects.requireBucket("delete from", "", absent.get(0));
        }
        return failed;
    }

    private static GoogleJsonResponseException refusal(GoogleJsonError error, HttpHeaders headers) {
        return new GoogleJsonResponseException(
                new HttpResponseException.Builder(error.getCode(), error.getMessage(), headers), error);
    }
}
