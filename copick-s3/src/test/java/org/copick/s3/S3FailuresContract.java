package org.copick.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.copick.error.AccessDeniedException;
import org.copick.error.CopickException;
import org.copick.error.StorageException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.s3.server.S3Answers;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.WriteCondition;
import org.copick.tests.network.FaultyProxy.Answer;
import org.copick.tests.network.Message;
import org.copick.tests.network.NetworkFailuresContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests failures between a store and S3, and the messages that users get. */
abstract class S3FailuresContract extends NetworkFailuresContract {
    private final S3UnderTest place;

    S3FailuresContract(S3UnderTest place) {
        super(place);
        this.place = place;
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, access is denied",
        "403, InvalidAccessKeyId, check key and secret",
        "403, SignatureDoesNotMatch, check key and secret",
        "400, ExpiredToken, the credentials have expired",
        "403, RequestTimeTooSkewed, clock is wrong",
    })
    void refusalsSayWhatToDo(int status, String code, String expected) {
        proxy().harm(request -> true, 100, S3Answers.error(status, code, ""));
        for (CopickException e : List.of(
                assertThrows(AccessDeniedException.class, () -> store().read("object")),
                assertThrows(AccessDeniedException.class, () -> store().listFolder("")),
                assertThrows(
                        AccessDeniedException.class, () -> store().write("new", new byte[1], WriteCondition.ANY)))) {
            assertTells(e, expected);
            assertTells(e, code);
            assertTells(e, proxy().endpoint().toString());
        }
    }

    @Test
    void aServiceThatIgnoresConditionsIsFoundOut() {
        proxy().harm(
                        S3FailuresContract::isConditional,
                        1000,
                        new Answer(200, "ETag: \"of-whatever-came-last\"\r\n", ""));
        assertEquals(
                Set.of(StoreCapability.WRITE, StoreCapability.REMOTE, StoreCapability.FLAT_LISTING),
                store().capabilities());
        assertThrows(
                UnsupportedFeatureException.class,
                () -> store().write("object", new byte[1], WriteCondition.IF_ABSENT));
        assertEquals(100_000, store().info("object").orElseThrow().size());
        assertEquals(
                List.of("object"),
                store().list("", null, 10).objects().stream()
                        .map(ObjectInfo::key)
                        .toList(),
                "the trial leaves no object");
    }

    @Test
    void aTrialThatFailsForAMomentHasNoResult() {
        Answer busy = S3Answers.error(500, "InternalError", "");
        proxy().harm(S3FailuresContract::isConditional, 1000, busy);
        StorageException e = assertThrows(StorageException.class, () -> store().capabilities());
        assertTrue(e.mayBeTransient());
        proxy().heal();
        assertTrue(store().can(StoreCapability.CREATE_IF_ABSENT));
        assertTrue(store().can(StoreCapability.REPLACE_IF_VERSION));
    }

    @Test
    void conditionsThatAServiceDoesNotKnowAreNotHonoured() {
        proxy().harm(S3FailuresContract::isConditional, 1000, S3Answers.error(501, "NotImplemented", ""));
        assertFalse(store().can(StoreCapability.CREATE_IF_ABSENT));
        assertFalse(store().can(StoreCapability.REPLACE_IF_VERSION));
        assertThrows(
                UnsupportedFeatureException.class, () -> store().write("new", new byte[1], WriteCondition.IF_ABSENT));
    }

    private static boolean isConditional(Message request) {
        return request.method().equals("PUT")
                && !(request.header("if-none-match") + request.header("if-match")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "<Size>1</Size>, '', no valid size",
        "<Size>1</Size>, <Size>-1</Size>, no valid size",
        "<Key>.*</Key>, '', no name",
        "<Contents>.*</Contents>, <CommonPrefixes></CommonPrefixes>, no name",
    })
    void aListingWithoutNamesOrSizesIsTold(String part, String other, String expected) {
        Answer page = place.listing(place.prefix() + "/other");
        proxy().harm(
                        S3Answers::isList,
                        1,
                        new Answer(page.status(), page.headers(), page.body().replaceFirst(part, other)));
        assertTells(assertThrows(StorageException.class, () -> store().list("", null, 10)), expected);
    }

    @Test
    void whatAServiceHonoursIsTriedOnceAndOnlyToWrite() {
        assertTrue(store().can(StoreCapability.WRITE));
        assertFalse(store().can(StoreCapability.REPLACE_PREFIX));
        store().read("object");
        assertEquals(1, proxy().exchanges().size());
        store().write("a", new byte[1], WriteCondition.IF_ABSENT);
        assertTrue(proxy().exchanges().size() > 1);
        store().write("b", new byte[1], WriteCondition.IF_ABSENT);
        try (ObjectStore another = place.open(proxy().endpoint(), Duration.ofSeconds(1))) {
            another.write("c", new byte[1], WriteCondition.IF_ABSENT);
        }
        assertEquals(
                List.of("PUT", "PUT"),
                proxy().exchanges().stream()
                        .map(done -> done.request().method())
                        .toList());
    }

    @Test
    void whatCannotBeDeletedIsTold() {
        store().write("other", new byte[1], WriteCondition.ANY);
        proxy().harm(
                        request -> request.method().equals("POST"),
                        1,
                        new Answer(
                                200,
                                "Content-Type: application/xml\r\n",
                                "<?xml version=\"1.0\"?><DeleteResult><Error><Key>" + place.prefix()
                                        + "/object</Key><Code>AccessDenied</Code><Message>no</Message></Error></DeleteResult>"));
        AccessDeniedException e =
                assertThrows(AccessDeniedException.class, () -> store().deleteAll(List.of("object", "other")));
        assertTells(e, "/object");
    }

    @Test
    void aListingThatRepeatsItselfIsTold() {
        Answer page = place.listing(place.prefix() + "/object");
        proxy().harm(
                        S3Answers::isList,
                        100,
                        new Answer(
                                page.status(),
                                page.headers(),
                                page.body()
                                        .replace(
                                                "<IsTruncated>false</IsTruncated>",
                                                "<IsTruncated>true</IsTruncated>"
                                                        + "<NextContinuationToken>again</NextContinuationToken>")));
        assertTells(assertThrows(StorageException.class, () -> store().listFolder("")), "never ends");
        assertEquals(2, proxy().exchanges().size());
        assertEquals(1, store().list("", null, 10).objects().size());
        assertTells(assertThrows(StorageException.class, () -> store().list("", "object", 10)), "does not go on");
        assertEquals(2, proxy().exchanges().size());
    }

    @Test
    void anAnswerThatIsDeeperThanAnyIsTold() {
        for (int status : new int[] {200, 403}) {
            proxy().harm(
                            S3Answers::isList,
                            1,
                            new Answer(
                                    status,
                                    "Content-Type: application/xml\r\n",
                                    "<ListBucketResult>" + "<a>".repeat(1_000_000)));
            assertThrows(CopickException.class, () -> store().listFolder(""));
        }
    }

    @Test
    void anotherRegionIsNamed() {
        proxy().harm(
                        request -> true,
                        100,
                        S3Answers.error(301, "PermanentRedirect", "x-amz-bucket-region: eu-west-7\r\n"));
        StorageException e = assertThrows(StorageException.class, () -> store().read("object"));
        assertTells(e, "another region");
        assertTells(e, "eu-west-7");
    }
}
