package org.copick.s3;

import java.util.ArrayList;
import java.util.List;
import org.copick.storage.ObjectInfo;
import org.copick.storage.WriteCondition;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.Bucket.Call;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/** Copies objects within the bucket on the server, without transferring their bytes. */
final class S3Copies {
    /** Size in bytes from which an object is copied in parts, so that each request answers before its time-out. */
    private static final long PART = 256L << 20;
    /** Number of parts that are copied in parallel. */
    private static final int SIDE_BY_SIDE = 4;

    private final Bucket<S3Client> bucket;
    private final S3Options options;
    private final S3Writer writer;

    S3Copies(Bucket<S3Client> bucket, S3Options options, S3Writer writer) {
        this.bucket = bucket;
        this.options = options;
        this.writer = writer;
    }

    void copy(ObjectInfo object, String target) {
        if (object.size() < PART) {
            bucket.call("copy", object.key(), object.size(), client -> whole(client, object, target));
        } else {
            inParts(object, target);
        }
    }

    private boolean whole(S3Client client, ObjectInfo object, String target) {
        S3Options.Writing writing = options.writing();
        CopyObjectRequest request = CopyObjectRequest.builder()
                .sourceBucket(bucket.name())
                .sourceKey(bucket.nameOf(object.key()))
                .copySourceIfMatch(ETags.quoted(object.version()))
                .destinationBucket(bucket.name())
                .destinationKey(bucket.nameOf(target))
                .serverSideEncryption(writing.encryption())
                .ssekmsKeyId(writing.encryptionKey())
                .storageClass(writing.storageClass())
                .acl(writing.acl())
                .requestPayer(options.payer())
                .build();
        try {
            client.copyObject(request);
            return true;
        } catch (AwsServiceException e) {
            throw changed(object, e);
        }
    }

    private void inParts(ObjectInfo object, String target) {
        MultipartUpload upload = writer.begin(target, WriteCondition.ANY);
        try {
            long part = Math.max(PART, object.size() / MultipartUpload.MOST_PARTS + 1);
            List<Call<S3Client, CompletedPart>> calls = new ArrayList<>();
            for (long from = 0; from < object.size(); from += part) {
                long to = Math.min(object.size(), from + part) - 1;
                int number = calls.size() + 1;
                String range = "bytes=" + from + "-" + to;
                calls.add(client -> part(client, upload, object, target, range, number));
            }
            for (int i = 0; i < calls.size(); i += SIDE_BY_SIDE) {
                upload.add(bucket.all(
                        "copy",
                        object.key(),
                        SIDE_BY_SIDE * part,
                        calls.subList(i, Math.min(calls.size(), i + SIDE_BY_SIDE))));
            }
            upload.complete();
        } finally {
            upload.abort();
        }
    }

    private CompletedPart part(
            S3Client client, MultipartUpload upload, ObjectInfo object, String target, String range, int number) {
        UploadPartCopyRequest request = UploadPartCopyRequest.builder()
                .sourceBucket(bucket.name())
                .sourceKey(bucket.nameOf(object.key()))
                .copySourceIfMatch(ETags.quoted(object.version()))
                .copySourceRange(range)
                .destinationBucket(bucket.name())
                .destinationKey(bucket.nameOf(target))
                .uploadId(upload.id())
                .partNumber(number)
                .requestPayer(options.payer())
                .build();
        try {
            String etag = client.uploadPartCopy(request).copyPartResult().eTag();
            return CompletedPart.builder().partNumber(number).eTag(etag).build();
        } catch (AwsServiceException e) {
            throw changed(object, e);
        }
    }

    private RuntimeException changed(ObjectInfo object, AwsServiceException refusal) {
        boolean gone = refusal.statusCode() == 404 && S3Failures.code(refusal).equals("NoSuchKey");
        return gone || refusal.statusCode() == 412 ? bucket.changedBeforeCopy(object, refusal) : refusal;
    }
}
