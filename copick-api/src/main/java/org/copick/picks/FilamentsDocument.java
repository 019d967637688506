package org.copick.picks;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
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
 * <p>Immutable, and safe to share between threads. Coordinates are x, y, z in Å. Equality compares contents exactly:
 * NaN equals NaN, and 0.0 differs from −0.0. Keys that copick does not know are kept for the document, each filament
 * and each curve (Python keeps those of curves only).
 */
public final class FilamentsDocument {
    static final long VERSION = 1;

    private static final Set<String> KEYS = Set.of("version", "filaments");

    private final Header header;
    private final long version;
    private final List<Filament> filaments;
    private final Map<String, JsonNode> unknown;

    FilamentsDocument(Header header, long version, List<Filament> filaments, Map<String, JsonNode> unknown) {
        this.header = header;
        this.version = version;
        this.filaments = List.copyOf(filaments);
        this.unknown = JsonFields.copy(unknown, KEYS);
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
        return FilamentsReader.read(json, location);
    }

    /**
     * The document as Python stores it: indent 4, ASCII, keys in Python's order with unknown ones after them, bare
     * {@code NaN} and {@code Infinity}, no newline at the end. A curve is written even when it no longer describes the
     * points.
     */
    public byte[] toJson() {
        return JsonOutput.stored(this::write);
    }

    /**
     * Writes the document as Python's model holds it, for a manifest: defaults filled in, unknown keys left out except
     * those of curves, strict JSON with the strings "NaN", "Infinity" and "-Infinity".
     */
    public void writeManifest(JsonGenerator json) throws IOException {
        write(JsonOutput.manifest(json));
    }

    /** The traced object's name as the file states it; the file's name may differ. */
    public String objectName() {
        return header.objectName();
    }

    /** The user, or the tool's name. */
    public String userId() {
        return header.userId();
    }

    /** "0" for a tool; a user session otherwise. */
    public String sessionId() {
        return header.sessionId();
    }

    /** The run's name as the file states it, or null where it says none. */
    public @Nullable String runName() {
        return header.runName();
    }

    /** The spacing in Å of the data that was traced, or null. */
    public @Nullable Double voxelSpacing() {
        return header.voxelSpacing();
    }

    /** The unit as the file states it; copick always means Å. */
    public String unit() {
        return header.unit();
    }

    /** The format's version, 1 in what this library creates; others are kept and mean nothing. */
    public long version() {
        return version;
    }

    /** A copy of the document's further keys, in their order. */
    public Map<String, JsonNode> unknown() {
        return JsonFields.copy(unknown, Set.of());
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

    /** This document as it is stored under another key. */
    public FilamentsDocument withIdentity(
            String objectName, String userId, String sessionId, @Nullable String runName) {
        return new FilamentsDocument(
                header.withIdentity(objectName, userId, sessionId, runName), version, filaments, unknown);
    }

    /** This document with this spacing in Å of the underlying data, or with none. */
    public FilamentsDocument withVoxelSpacing(@Nullable Double voxelSpacing) {
        return new FilamentsDocument(header.withVoxelSpacing(voxelSpacing), version, filaments, unknown);
    }

    private void write(JsonOutput out) throws IOException {
        JsonGenerator json = out.json;
        json.writeStartObject();
        header.write(out);
        json.writeNumberField("version", version);
        json.writeArrayFieldStart("filaments");
        for (Filament filament : filaments) {
            filament.write(out);
        }
        json.writeEndArray();
        out.unknown(unknown);
        json.writeEndObject();
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
