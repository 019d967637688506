package org.copick;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A moment, or a whole day in UTC.
 *
 * @param first the first moment
 * @param end the first moment after it
 */
record MetadataTime(Instant first, Instant end) {
    /**
     * Parses a date, which is a whole day, or a date and time with an offset.
     *
     * @throws DateTimeException if the text is neither
     */
    static MetadataTime parse(String text) {
        if (text.indexOf('T') < 0) {
            LocalDate day = LocalDate.parse(text);
            return new MetadataTime(start(day), start(day.plusDays(1)));
        }
        Instant moment = OffsetDateTime.parse(text).toInstant();
        return new MetadataTime(moment, moment.plusNanos(1));
    }

    /** Returns the time that a value of a catalogue is; empty if it is no valid time. */
    static Optional<MetadataTime> find(Object value) {
        try {
            return value instanceof String text ? Optional.of(parse(text)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Returns zero if another time begins within this one, else whether it is before or after. */
    int compare(MetadataTime other) {
        return other.first.isBefore(first) ? -1 : other.first.isBefore(end) ? 0 : 1;
    }
}
