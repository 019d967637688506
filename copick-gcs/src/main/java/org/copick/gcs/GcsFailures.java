package org.copick.gcs;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.rpc.UnauthenticatedException;
import com.google.auth.Credentials;
import com.google.auth.Retryable;
import com.google.cloud.BaseServiceException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.FailureKind;
import org.copick.storage.remote.Redirect;
import org.copick.storage.remote.Retries;
import org.copick.storage.remote.Retries.Attempt;
import org.jspecify.annotations.Nullable;

/** Translates failures to exceptions for the user, and decides which ones are retried. */
final class GcsFailures implements Bucket.Failures {
    private static final Set<String> THROTTLED =
            Set.of("rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded", "slowDown");
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
    private static final Set<FailureKind> PASSING_TROUBLES =
            Set.of(FailureKind.RESET, FailureKind.TOO_SLOW, FailureKind.REFUSED, FailureKind.DAMAGED);
    private static final Pattern LOGIN_ERROR = Pattern.compile("\"error(?:_description)?\"\\s*:\\s*\"([^\"]*)\"");
    private static final int MOST_OF_MESSAGE = 300;

    private final GcsAccess access;
    private final Credentials login;

    GcsFailures(GcsAccess access, Credentials login) {
        this.access = access;
        this.login = login;
    }

    /** The received bytes do not match their checksum. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedException(String message) {
            super(message);
        }
    }

    /** The service answered that the object or its bucket is missing, with this message. */
    static final class AbsentException extends IOException {
        private static final long serialVersionUID = 1L;

        private final HttpResponseException refusal;

        AbsentException(HttpResponseException refusal) {
            super("HTTP 404", refusal);
            this.refusal = refusal;
        }
    }

    /** Makes a request, retrying transient failures unless the client does so. */
    static <T> T repeated(GcsClient client, Attempt<T> attempt) throws Exception {
        return repeated(client.attempts(), attempt);
    }

    /** Makes a request that only this package can retry. */
    static <T> T repeated(int attempts, Attempt<T> attempt) throws Exception {
        return Retries.run(attempts, GcsFailures::wait, attempt);
    }

    /** Returns the refusal of the service that an exception of the client contains, or null. */
    static @Nullable HttpResponseException refusal(Exception failure) {
        return unwrapped(failure) instanceof HttpResponseException refused ? refused : null;
    }

    /** Returns what an exception of the client is about: a refusal, or a failure of the network or of copick. */
    private static Exception unwrapped(Exception failure) {
        if (!(failure instanceof BaseServiceException told)) {
            return failure;
        }
        for (Throwable cause = told.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof AbsentException absent) {
                return absent.refusal;
            }
            if (cause instanceof IOException
                    || cause instanceof CopickException
                    || cause instanceof UnauthenticatedException) {
                return (Exception) cause;
            }
        }
        return told.getCode() == 0 ? failure : refusal(told);
    }

    /** Returns the refusal of a part of a batch, of which the client keeps only this. */
    private static HttpResponseException refusal(BaseServiceException told) {
        GoogleJsonError.ErrorInfo info = new GoogleJsonError.ErrorInfo();
        info.setReason(told.getReason());
        GoogleJsonError error = new GoogleJsonError();
        error.setCode(told.getCode());
        error.setMessage(told.getMessage());
        error.setErrors(told.getReason() == null ? null : List.of(info));
        return new GoogleJsonResponseException(
                new HttpResponseException.Builder(told.getCode(), told.getMessage(), new HttpHeaders()), error);
    }

    /** Returns whether another attempt may succeed. */
    static boolean mayPass(Exception failure) {
        return wait(failure).isPresent();
    }

    /** Returns the minimum wait before another attempt, or empty if a retry cannot help. */
    static Optional<Duration> wait(Exception thrown) {
        Exception failure = unwrapped(thrown);
        if (failure instanceof HttpResponseException refused) {
            boolean passing = PASSING.contains(refused.getStatusCode())
                    || (refused.getStatusCode() == 403 && THROTTLED.contains(reason(refused)));
            return passing ? Optional.of(retryAfter(refused.getHeaders())) : Optional.empty();
        }
        if (failure instanceof Retryable login) { // a failure of the token service
            return login.isRetryable() ? Optional.of(Duration.ZERO) : Optional.empty();
        }
        boolean passing = failure instanceof IOException && PASSING_TROUBLES.contains(trouble(failure));
        return passing ? Optional.of(Duration.ZERO) : Optional.empty();
    }

    private static Duration retryAfter(HttpHeaders headers) {
        try {
            String seconds = headers == null ? null : headers.getRetryAfter();
            return seconds == null ? Duration.ZERO : Duration.ofSeconds(Math.min(60, Long.parseLong(seconds.strip())));
        } catch (NumberFormatException e) {
            return Duration.ZERO; // a date; the doubling waits are good enough
        }
    }

    @Override
    public RuntimeException of(String operation, String where, Exception thrown) {
        Exception failure = unwrapped(thrown);
        if (failure instanceof UnauthenticatedException) { // credentials of another universe, found by the client
            return FailureKind.BAD_CREDENTIALS.failure(
                    operation, where, FailureKind.innermostMessage(failure), failure);
        }
        if (isUnreadable(failure)) {
            return FailureKind.STRANGE.failure(operation, where, "it is not the expected JSON", failure);
        }
        if (failure instanceof RuntimeException ours) {
            return ours;
        }
        if (failure instanceof HttpResponseException refused) {
            return ofRefusal(operation, where, refused);
        }
        if (Thread.currentThread().isInterrupted()) {
            return new OperationInterruptedException("cannot " + operation + " " + where + ": interrupted", failure);
        }
        if (failure instanceof GcsLogin.NoneFoundException) {
            String detail = access instanceof GcsAccess.Machine
                    ? "this machine is not in Google's cloud, or has no service account"
                    : "none in GOOGLE_APPLICATION_CREDENTIALS, from \"gcloud auth application-default login\", and from the"
                            + " machine";
            return FailureKind.NO_CREDENTIALS.failure(operation, where, detail, failure);
        }
        if (failure instanceof Retryable) {
            return ofLogin(operation, where, failure);
        }
        return trouble(failure).failure(operation, where, FailureKind.innermostMessage(failure), failure);
    }

    private RuntimeException ofRefusal(String operation, String where, HttpResponseException refused) {
        boolean isAboutCaller = refused.getStatusCode() == 401 || refused.getStatusCode() == 403;
        return access instanceof GcsAccess.NotThere not && isAboutCaller && !THROTTLED.contains(reason(refused))
                ? not.reason().failure(operation, where, detail(refused), refused)
                : trouble(refused).failure(operation, where, detail(refused), refused);
    }

    /** Returns whether the client could not parse an answer; its exception then has no specific type. */
    private static boolean isUnreadable(Exception failure) {
        String thrower = Arrays.stream(failure.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> !name.startsWith("java."))
                .findFirst()
                .orElse("");
        return thrower.startsWith("com.fasterxml.jackson.")
                || thrower.startsWith("com.google.gson.")
                || thrower.startsWith("com.google.api.client.json.")
                || (failure instanceof RuntimeException && thrower.startsWith("com.google."));
    }

    private static FailureKind trouble(Exception failure) {
        return failure instanceof DamagedException ? FailureKind.DAMAGED : FailureKind.of(failure);
    }

    /** Translates a failure of the token service, which refused or could not be reached. */
    private static RuntimeException ofLogin(String operation, String where, Exception failure) {
        String text = String.valueOf(failure.getMessage());
        StringBuilder said = new StringBuilder();
        for (Matcher matcher = LOGIN_ERROR.matcher(text); matcher.find(); ) {
            said.append(said.isEmpty() ? "" : ": ").append(matcher.group(1));
        }
        String detail = "while asking for an access token" + (said.isEmpty() ? "" : ": " + said);
        FailureKind trouble;
        if (said.indexOf("expired") >= 0 || said.indexOf("revoked") >= 0 || said.indexOf("reauth") >= 0) {
            trouble = FailureKind.EXPIRED;
        } else if (said.indexOf("reasonable timeframe") >= 0) {
            trouble = FailureKind.CLOCK_SKEW;
        } else if (!said.isEmpty()) {
            trouble = FailureKind.BAD_CREDENTIALS;
        } else {
            FailureKind network = FailureKind.of(failure.getCause());
            trouble = network == FailureKind.OTHER ? FailureKind.SERVER : network;
        }
        return trouble.failure(operation, where, detail, failure);
    }

    private FailureKind trouble(HttpResponseException refused) {
        int status = refused.getStatusCode();
        String message = message(refused);
        if (message.contains("requester pays bucket")) {
            return FailureKind.NO_PAYER;
        }
        if (status == 429 || status == 503 || THROTTLED.contains(reason(refused))) {
            return FailureKind.THROTTLED;
        }
        if (status == 401) {
            return unknown(message);
        }
        if (status == 403) {
            return foundNothing() ? FailureKind.NO_CREDENTIALS : FailureKind.DENIED;
        }
        if (status == 404) {
            return FailureKind.NO_BUCKET; // missing objects are handled before
        }
        if (status == 408) {
            return FailureKind.TOO_SLOW;
        }
        if (Redirect.isOne(status)) {
            return FailureKind.REDIRECTED;
        }
        return FailureKind.ofStatus(status);
    }

    /**
     * Returns the meaning of HTTP 401. The service answers alike for expired tokens and for tokens that never existed.
     */
    private FailureKind unknown(String message) {
        if (foundNothing()) {
            return FailureKind.NO_CREDENTIALS;
        }
        if (access instanceof GcsAccess.Anonymous) {
            return FailureKind.DENIED;
        }
        return access instanceof GcsAccess.Token || message.contains("expired")
                ? FailureKind.EXPIRED
                : FailureKind.BAD_CREDENTIALS;
    }

    private boolean foundNothing() {
        return login instanceof GcsLogin ours && ours.foundNothing();
    }

    /** Returns whether the answer says that the whole bucket is missing. */
    static boolean isAboutBucket(HttpResponseException refused) {
        return refused.getStatusCode() == 404 && message(refused).contains("bucket does not exist");
    }

    /** Returns whether the answer says that an object of an existing bucket is missing. */
    static boolean isAboutObject(HttpResponseException refused) {
        return refused.getStatusCode() == 404 && message(refused).contains("No such object");
    }

    private static String reason(HttpResponseException refused) {
        if (refused instanceof GoogleJsonResponseException told && told.getDetails() != null) {
            List<GoogleJsonError.ErrorInfo> errors = told.getDetails().getErrors();
            if (errors != null && !errors.isEmpty()) {
                return String.valueOf(errors.get(0).getReason());
            }
        }
        return "";
    }

    /** Returns the service's message, which is in JSON or, for requests of content, plain text. */
    private static String message(HttpResponseException refused) {
        if (refused instanceof GoogleJsonResponseException told
                && told.getDetails() != null
                && told.getDetails().getMessage() != null) {
            return told.getDetails().getMessage();
        }
        String content = refused.getContent();
        return content == null || content.startsWith("{") || content.startsWith("<") ? "" : content.strip();
    }

    private static String detail(HttpResponseException refused) {
        String message = message(refused);
        String reason = reason(refused);
        return "HTTP " + refused.getStatusCode()
                + Redirect.target(
                        refused.getStatusCode(),
                        refused.getHeaders() == null
                                ? null
                                : refused.getHeaders().getLocation())
                + (reason.isEmpty() ? "" : " " + reason)
                + (message.isEmpty() ? "" : ": " + message.substring(0, Math.min(message.length(), MOST_OF_MESSAGE)));
    }
}
