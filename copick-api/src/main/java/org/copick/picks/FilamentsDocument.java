package org.copick.picks;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The filaments that one user or tool traced of one object in one run: a file of {@code Filaments/}.
 *
 * <p>Keys that copick does not know are kept for the document, each filament and each curve (Python keeps those of curves
 * only). A curve is written even when it no longer describes the points.
 */
public final class FilamentsDocument extends AnnotationDocument {
    static final long VERSION = 1;

    private static final Set<String> KEYS = Set.of("version", "filaments");

    private final long version;
    private final List<Filament> filaments;

    FilamentsDocument(Header header, long version, List<Filament> filaments, Map<String, @Nullable Object> unknown) {
        super(header, FreeFormJson.copy(unknown, KEYS));
        this.version = version;
        this.filaments = List.copyOf(filaments);
        Set<Long> ids = new HashSet<>();
        for (Filament filament : filaments) {
            if (!ids.add(filament.instanceId())) {
                throw new IllegalArgumentException("two filaments have the instance_id " + filament.instanceId());
            }
        }
    }

    /** A document without filaments, as Python's {@code new_filaments} writes it. */
    public static FilamentsDocument empty(
            String objectName, String userId, String sessionId, @Nullable String runName) {
        Objects.requireNonNull(objectName, "objectName");
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(userId, "userId");
        return new FilamentsDocument(Header.of(objectName, userId, sessionId, runName), VERSION, List.of(), Map.of());
    }

    /**
     * Reads a stored document by the rules of Python's model: numbers may stand in strings, a whole float may be an
     * instance id, missing keys take their defaults, and the last of two equal keys counts (the
     * first must be valid too). Instance ids are exact over the whole 64 bits. A byte order mark is refused, as in
     * Python.
     *
     * @param json the file's bytes, UTF-8
     * @param location where they are from, for messages
     * @throws org.copick.error.CorruptDataException when the model would refuse it, or an integer needs more than 64
     *     bits, a number more than 1000 digits, a string more than 16 Mi characters or more than 200 levels are
     *     nested
     */
    public static FilamentsDocument parse(byte[] json, String location) {
        Objects.requireNonNull(location, "location");
        return FilamentsReader.read(json, location);
    }

    /** The format's version, 1 in what this library creates; others are kept and mean nothing. */
    public long version() {
        return version;
    }

    /** The filaments in the file's order, unmodifiable. */
    public List<Filament> filaments() {
        return filaments;
    }

    /** The filament with this instance id. */
    public Optional<Filament> find(long instanceId) {
        return filaments.stream().filter(f -> f.instanceId() == instanceId).findFirst();
    }

    /**
     * The ids of the filaments whose curve is of a known kind and does not describe the points any more, in the file's
     * order; see {@link Curve#isCurrentFor}.
     */
    public List<Long> staleCurves() {
        return filaments.stream()
                .filter(Filament::hasStaleCurve)
                .map(Filament::instanceId)
                .toList();
    }

    /**
     * This document as Python stores it: without the curves of {@link #staleCurves}. Curves of unknown kinds stay.
     */
    public FilamentsDocument withoutStaleCurves() {
        return withFilaments(filaments.stream()
                .map(f -> f.hasStaleCurve() ? f.withCurve(null) : f)
                .toList());
    }

    /**
     * This document with other filaments.
     *
     * @throws IllegalArgumentException when two have the same instance id
     */
    public FilamentsDocument withFilaments(List<Filament> filaments) {
        return new FilamentsDocument(header, version, filaments, unknown);
    }

    @Override
    public FilamentsDocument withIdentity(
            String objectName, String userId, String sessionId, @Nullable String runName) {
        return new FilamentsDocument(
                header.withIdentity(objectName, userId, sessionId, runName), version, filaments, unknown);
    }

    @Override
    public FilamentsDocument withVoxelSpacing(@Nullable Double voxelSpacing) {
        return new FilamentsDocument(header.withVoxelSpacing(voxelSpacing), version, filaments, unknown);
    }

    @Override
    void writeContents(JsonOutput out) throws IOException {
        out.json.writeNumberField("version", version);
        out.json.writeArrayFieldStart("filaments");
        for (Filament filament : filaments) {
            filament.write(out);
        }
        out.json.writeEndArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FilamentsDocument that
                && header.equals(that.header)
                && version == that.version
                && filaments.equals(that.filaments)
                && unknown.equals(that.unknown);
    }

    @Override
    public int hashCode() {
        return Objects.hash(header, version, filaments, unknown);
    }

    @Override
    public String toString() {
        return "FilamentsDocument[" + header + ", " + filaments.size() + " filaments]";
    }
}
