package org.copick.gcs.server;

/** A refusal of a request. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;

    Refusal(int status, String reason, String message) {
        super(message);
        this.status = status;
        this.reason = reason;
    }

    static Refusal bad(String message) {
        return new Refusal(400, "invalid", message);
    }

    static Refusal noBucket() {
        return new Refusal(404, "notFound", "The specified bucket does not exist.");
    }

    static Refusal noObject(String bucket, String name) {
        return new Refusal(404, "notFound", "No such object: " + bucket + "/" + name);
    }

    static Refusal condition() {
        return new Refusal(412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
    }

    /** Returns the refusal as JSON, or as text for requests of content. */
    Reply reply(boolean forContent) {
        return forContent
                ? Reply.of(status)
                        .with("Content-Type", "text/html; charset=UTF-8")
                        .body(String.valueOf(getMessage()))
                : Reply.json(status, GcsAnswers.json(status, reason, String.valueOf(getMessage())));
    }
}
