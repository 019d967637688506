package org.copick.s3;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;
import org.copick.storage.remote.FailureKind;
import org.copick.storage.remote.Redirect;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Translates failures of the client to exceptions for the user. */
final class S3Failures {
    /** Matches the client's message about a profile without credentials. */
    private static final Pattern PROFILE = Pattern.compile("no credentials for profile '([^']*)'");

    private static final String REGION = "x-amz-bucket-region";
    private static final Set<String> EXPIRED = Set.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired");
    private static final Set<String> UNKNOWN = Set.of(
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "InvalidToken",
            "InvalidTokenId",
            "UnrecognizedClientException");
    private static final Set<String> CLOCK = Set.of("RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture");
    private static final Set<String> THROTTLED = Set.of(
            "SlowDown",
            "SlowDownRead",
            "SlowDownWrite",
            "ServiceUnavailable",
            "Throttling",
            "ThrottlingException",
            "RequestLimitExceeded",
            "TooManyRequests",
            "BandwidthLimitExceeded");
    private static final Set<String> ELSEWHERE = Set.of(
            "PermanentRedirect",
            "TemporaryRedirect",
            "AuthorizationHeaderMalformed",
            "IllegalLocationConstraintException");

    private S3Failures() {}

    /**
     * Returns the exception to throw. Exceptions that are not the client's own are programming errors and returned
     * unchanged.
     */
    static RuntimeException of(String operation, String where, Exception failure) {
        if (failure instanceof SdkException told) {
            return ofSdk(operation, where, told);
        }
        return failure instanceof RuntimeException ours
                ? ours
                : FailureKind.of(failure).failure(operation, where, "", failure);
    }

    private static CopickException ofSdk(String operation, String where, SdkException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CopickException ours) {
                return ours; // the client failed to read the answer
            }
        }
        if (failure instanceof AwsServiceException refused) {
            return trouble(refused).failure(operation, where, detail(refused), failure);
        }
        if (failure instanceof AbortedException || Thread.currentThread().isInterrupted()) {
            return new OperationInterruptedException("cannot " + operation + " " + where + ": interrupted", failure);
        }
        return ofClient(failure).failure(operation, where, clientDetail(failure), failure);
    }

    /** Returns the service's error code, or an empty string. */
    static String code(AwsServiceException refused) {
        AwsErrorDetails details = refused.awsErrorDetails();
        String code = details == null ? null : details.errorCode();
        return code == null ? "" : code;
    }

    private static FailureKind trouble(AwsServiceException refused) {
        String code = code(refused);
        int status = refused.statusCode();
        if (EXPIRED.contains(code)) {
            return FailureKind.EXPIRED;
        }
        if (UNKNOWN.contains(code)) {
            return FailureKind.BAD_CREDENTIALS;
        }
        if (CLOCK.contains(code)) {
            return FailureKind.CLOCK_SKEW;
        }
        if (code.equals("NoSuchBucket")) {
            return FailureKind.NO_BUCKET;
        }
        if (ELSEWHERE.contains(code)
                || (Redirect.isOne(status) && !header(refused, REGION).isEmpty())) {
            return FailureKind.WRONG_REGION;
        }
        if (Redirect.isOne(status)) {
            return FailureKind.REDIRECTED;
        }
        if (THROTTLED.contains(code) || status == 503 || status == 429) {
            return FailureKind.THROTTLED;
        }
        if (status == 401 || status == 403) {
            return FailureKind.DENIED;
        }
        if (code.equals("RequestTimeout")) {
            return FailureKind.TOO_SLOW;
        }
        return FailureKind.ofStatus(status);
    }

    private static String detail(AwsServiceException refused) {
        AwsErrorDetails details = refused.awsErrorDetails();
        String code = code(refused);
        String message = details == null || details.errorMessage() == null
                ? ""
                : details.errorMessage().strip();
        String region = header(refused, REGION);
        return "HTTP " + refused.statusCode()
                + Redirect.target(refused.statusCode(), header(refused, "Location"))
                + (code.isEmpty() ? "" : " " + code)
                + (message.isEmpty() ? "" : ": " + message)
                + (region.isEmpty() ? "" : "; it is in " + region);
    }

    private static String header(AwsServiceException refused, String name) {
        AwsErrorDetails details = refused.awsErrorDetails();
        return details == null || details.sdkHttpResponse() == null
                ? ""
                : details.sdkHttpResponse().firstMatchingHeader(name).orElse("");
    }

    private static FailureKind ofClient(SdkException failure) {
        FailureKind trouble = FailureKind.of(failure);
        if (trouble != FailureKind.OTHER || !(failure instanceof SdkClientException)) {
            return trouble;
        }
        String message = String.valueOf(failure.getMessage());
        if (message.contains("Unable to load credentials")
                || message.contains("Profile file contained no credentials")) {
            return FailureKind.NO_CREDENTIALS;
        }
        if (message.contains("SSO") && message.contains("expired")) {
            return FailureKind.EXPIRED;
        }
        return message.contains("Unable to unmarshall") || message.contains("Could not parse")
                ? FailureKind.STRANGE
                : FailureKind.OTHER;
    }

    /**
     * Returns details from the client's message, if they are useful; messages about credentials list files and classes.
     */
    private static String clientDetail(SdkException failure) {
        FailureKind trouble = ofClient(failure);
        if (trouble == FailureKind.NO_CREDENTIALS) {
            Matcher profile = PROFILE.matcher(String.valueOf(failure.getMessage()));
            if (profile.find()) {
                return "none in the profile \"" + profile.group(1)
                        + "\" of the machine's AWS files, or no such profile";
            }
            return "none in the options, the environment, the profiles and the machine's role";
        }
        return FailureKind.innermostMessage(failure);
    }
}
