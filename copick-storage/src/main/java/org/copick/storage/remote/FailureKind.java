package org.copick.storage.remote;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.copick.error.AccessDeniedException;
import org.copick.error.CopickException;
import org.copick.error.NotFoundException;
import org.copick.error.StorageException;
import org.jspecify.annotations.Nullable;

/** The kinds of failure of requests to a remote store, each with a message and a remedy. */
public enum FailureKind {
    /** The caller lacks permission. */
    DENIED("access is denied", "ask the owner for permission, or use other credentials", Kind.ACCESS),
    /** No credentials were found. */
    NO_CREDENTIALS("no credentials were found", "provide some, or configure anonymous access", Kind.ACCESS),
    /** The credentials of this machine must not be sent to the endpoint. */
    WITHHELD("the credentials of this machine are not sent there", "give some in the configuration", Kind.ACCESS),
    /** The service does not accept the credentials. */
    BAD_CREDENTIALS("the credentials are unknown or invalid", "check key and secret", Kind.ACCESS),
    /** Temporary credentials have expired. */
    EXPIRED("the credentials have expired", "log in again or get a new token", Kind.ACCESS),
    /** This computer's clock differs too much from the service's. */
    CLOCK_SKEW("this computer's clock is wrong", "set it to the right time", Kind.ACCESS),
    /** Requester-pays bucket, and no billing project was given. */
    NO_PAYER("the caller has to pay for requests to this bucket", "set the option requester_pays", Kind.ACCESS),
    /** There is no such bucket. */
    NO_BUCKET("there is no such bucket", "check its name and the endpoint, or create it", Kind.MISSING),
    /** The bucket is in another region. */
    WRONG_REGION("the bucket is in another region", "give that region, or none", Kind.LASTING),
    /** The service redirects to another address. */
    REDIRECTED(
            "the service redirects to another address, but credentials are only sent to the endpoint",
            "check the endpoint, or name the other address as endpoint_url",
            Kind.LASTING),
    /** The host name could not be resolved. */
    UNKNOWN_HOST("the host name could not be resolved", "check the endpoint and the network", Kind.PASSING),
    /** The connection was refused, or there is no route to the host. */
    REFUSED("nothing answers there", "check the endpoint, and that the service runs", Kind.PASSING),
    /** The TLS handshake failed. */
    TLS("no trusted connection could be made", "check the endpoint and its certificate", Kind.LASTING),
    /** The connection broke. */
    RESET("the connection was lost", "try again", Kind.PASSING),
    /** No response arrived in time. */
    TOO_SLOW("it took too long", "check the network, or try again", Kind.PASSING),
    /** The service limits the rate of requests. */
    THROTTLED("the service asks to slow down", "try again later", Kind.PASSING),
    /** The service failed. */
    SERVER("the service failed", "try again later", Kind.PASSING),
    /** The response is invalid. */
    STRANGE("the service's answer is invalid", "check that the endpoint is the right service", Kind.LASTING),
    /** The received bytes do not match the stored object's checksum. */
    DAMAGED("the bytes were damaged in transit", "try again", Kind.PASSING),
    /** Anything else. */
    OTHER("it failed", "see the cause", Kind.LASTING);

    private final String what;
    private final String remedy;
    private final Kind kind;

    FailureKind(String what, String remedy, Kind kind) {
        this.what = what;
        this.remedy = remedy;
        this.kind = kind;
    }

    private enum Kind {
        ACCESS,
        MISSING,
        PASSING,
        LASTING
    }

    /**
     * {@return the exception for a failure of this kind}
     *
     * @param operation the operation, such as {@code read}
     * @param where the location, without credentials
     * @param detail the service's error message without credentials, or empty
     * @param cause the failure of the request
     */
    public CopickException failure(String operation, String where, String detail, Throwable cause) {
        return failure(operation, where, detail, remedy, cause);
    }

    /**
     * {@return the exception for a failure of this kind, with a remedy for the specific service}
     *
     * @param operation the operation, such as {@code read}
     * @param where the location, without credentials
     * @param detail the service's error message without credentials, or empty
     * @param specificRemedy the advice that replaces the usual one of this kind, such as {@code log in again}
     * @param cause the failure of the request
     */
    public CopickException failure(
            String operation, String where, String detail, String specificRemedy, Throwable cause) {
        String message = "cannot " + operation + " " + where + ": " + what
                + (detail.isEmpty() ? "" : " (" + detail + ")") + "; " + specificRemedy;
        return switch (kind) {
            case ACCESS -> new AccessDeniedException(message, cause);
            case MISSING -> new NotFoundException(message, cause);
            case PASSING -> new StorageException(message, true, cause);
            case LASTING -> new StorageException(message, false, cause);
        };
    }

    /**
     * {@return the kind of an HTTP status that no rule of a vendor covers} Status 501 is not transient, because repeating
     * a request does not make a service implement it.
     *
     * @param status the HTTP status of an answer
     */
    public static FailureKind ofStatus(int status) {
        return status >= 500 && status != 501 ? SERVER : OTHER;
    }

    /**
     * {@return the kind of a connection failure, determined by its innermost cause of a known type}
     *
     * @param failure the failure of a request, or null if it is unknown
     */
    public static FailureKind of(@Nullable Throwable failure) {
        FailureKind found = OTHER;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            FailureKind here = ofOne(cause);
            if (here != OTHER) {
                found = here;
            }
            if (cause.getCause() == cause) {
                break;
            }
        }
        return found;
    }

    /**
     * {@return the message of a failure's innermost cause, or the cause's type if it has no message}
     *
     * @param failure any failure, with or without causes
     */
    public static String innermostMessage(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : message;
    }

    private static FailureKind ofOne(Throwable cause) {
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return UNKNOWN_HOST;
        }
        if (cause instanceof SSLException) {
            return isReset(cause) ? RESET : TLS;
        }
        if (cause instanceof SocketTimeoutException || cause instanceof InterruptedIOException) {
            return TOO_SLOW;
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return REFUSED;
        }
        if (cause instanceof SocketException || cause instanceof EOFException) {
            return RESET;
        }
        return cause instanceof IOException && isReset(cause) ? RESET : OTHER;
    }

    private static boolean isReset(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        String name = cause.getClass().getSimpleName();
        return message.contains("reset")
                || message.contains("Premature end")
                || message.contains("remote host terminated")
                || name.contains("ConnectionClosed")
                || name.contains("NoHttpResponse")
                || name.contains("Truncated");
    }
}
