package org.copick.s3.server;

import org.copick.tests.network.FaultyProxy.Answer;
import org.copick.tests.network.Message;

/** Answers of the service for tests. */
public final class S3Answers {
    private S3Answers() {}

    /** Returns a refusal with additional headers. */
    public static Answer error(int status, String code, String headers) {
        return new Answer(
                status,
                "Content-Type: application/xml\r\n" + headers,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code
                        + "</Code><Message>as the test wants it</Message><RequestId>1</RequestId></Error>");
    }

    /** Returns whether a request is a listing. */
    public static boolean isList(Message request) {
        return request.method().equals("GET") && request.query().contains("list-type=2");
    }
}
