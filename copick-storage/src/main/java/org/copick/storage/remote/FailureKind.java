package org.copick.storage.remote;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.copick.error.AccessDeniedException;
import org.copick.error.CopickException;
import org.copick.error.NotFoundException;
import org.copick.error.StorageException;
import org.jspecify.annotations.Nullable;

/** What can be wrong between us and a remote store, each with what the user can do about it. */
public enum FailureKind {
    /** The caller may not do this. */
    DENIED("access is denied", "ask the owner for permission, or use other credentials", Kind.ACCESS),
    /** No credentials were found. */
    NO_CREDENTIALS("there are no credentials", "give some, or say that access is anonymous", Kind.ACCESS),
    /** The credentials of this machine must not go there. */
    WITHHELD("the credentials of this machine are not sent there", "give some in the configuration", Kind.ACCESS),
    /** The service knows no such credentials. */
    BAD_CREDENTIALS("the credentials are not known or do not fit", "check key and secret", Kind.ACCESS),
    /** Temporary credentials are over. */
    EXPIRED("the credentials have expired", "log in again or get a new token", Kind.ACCESS),
    /** This computer's clock differs too much from the service's. */
    CLOCK_SKEW("this computer's clock is wrong", "set it to the right time", Kind.ACCESS),
    /** Who asks has to pay, and does not say from which project. */
    NO_PAYER("the caller has to pay for requests to this bucket", "say who pays by requester_pays", Kind.ACCESS),
    /** There is no such bucket. */
    NO_BUCKET("there is no such bucket", "check its name and the endpoint, or create it", Kind.MISSING),
    /** The bucket is in another region. */
    WRONG_REGION("the bucket is in another region", "give that region, or none", Kind.LASTING),
    /** The service sends to another address. */
    REDIRECTED(
            "the service sends to another address, and credentials go to no other than the endpoint",
            "check the endpoint, or name the other address as endpoint_url",
            Kind.LASTING),
    /** The host name means nothing. */
    UNKNOWN_HOST("the host is not known", "check the endpoint and the network", Kind.PASSING),
    /** Nobody listens there. */
    REFUSED("nothing answers there", "check the endpoint, and that the service runs", Kind.PASSING),
    /** No trusted encryption could be agreed upon. */
    TLS("no trusted connection could be made", "check the endpoint and its certificate", Kind.LASTING),
    /** The connection broke. */
    RESET("the connection was lost", "try again", Kind.PASSING),
    /** No answer came in time. */
    TOO_SLOW("it took too long", "check the network, or try again", Kind.PASSING),
    /** The service asks for fewer requests. */
    THROTTLED("the service asks to slow down", "try again later", Kind.PASSING),
    /** The service failed. */
    SERVER("the service failed", "try again later", Kind.PASSING),
    /** The service answered in a way that is not to be understood. */
    STRANGE("the answer was not as it should be", "check that the endpoint is the right service", Kind.LASTING),
    /** What arrived is not what is stored. */
    DAMAGED("the bytes were damaged on their way", "try again", Kind.PASSING),
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
     * The exception for it.
     *
     * @param operation what was done, such as {@code read}
     * @param where the location it was done to, without credentials
     * @param detail what the service said, or empty; without credentials
     */
    public CopickException failure(String operation, String where, String detail, Throwable cause) {
        return failure(operation, where, detail, remedy, cause);
    }

    /** The exception for it, with a remedy that knows the service. */
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

    /** What a failure of the connection means, judged by its innermost cause that says something. */
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

    /** Returns the message of a failure's innermost cause; without one, its type. */
    public static String innermostMessage(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : message;
    }

    private static FailureKind ofOne(Throwable cause) {
        if (cause instanceof UnknownHostException) {
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
