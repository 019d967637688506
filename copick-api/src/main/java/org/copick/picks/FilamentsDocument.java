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
 * The filaments that one user or tool traced of one object in one run: a file in {@code Filaments/}.
 *
 * <p>Unknown keys are kept for the document, each filament and each curve (Python keeps only those of curves). A curve
 * is written even if it no longer describes the points.
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

    /**
     * {@return a document without filaments, as Python's {@code new_filaments} writes it}
     *
     * @param objectName the annotated object's name
     * @param userId the user, or the tool's name
     * @param sessionId the session; {@code 0} for a tool
     * @param runName the run's name, or null for none
     */
    public static FilamentsDocument empty(
            String objectName, String userId, String sessionId, @Nullable String runName) {
        Objects.requireNonNull(objectName, "objectName");
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(userId, "userId");
        return new FilamentsDocument(Header.of(objectName, userId, sessionId, runName), VERSION, List.of(), Map.of());
    }

    /**
     * Reads a stored document by the rules of Python's model.
     *
     * <p>Numbers may be in strings, a float without a fraction may be an instance id, and missing keys get their
     * defaults. If a key is repeated, the last value counts, but the first must be valid too. Instance ids are exact
     * over all 64 bits. A byte order mark is refused, as in Python.
     *
     * @param json the file's bytes, UTF-8
     * @param location the source of the bytes, for messages
     * @return the document
     * @throws org.copick.error.CorruptDataException if the model would refuse the document, an integer needs more than
     *     64 bits, a number has more than 1000 digits, a string has more than 16 Mi characters, or values are nested
     *     more than 200 levels deep
     */
    public static FilamentsDocument parse(byte[] json, String location) {
        Objects.requireNonNull(location, "location");
        return FilamentsReader.read(json, location);
    }

    /**
     * {@return the format's version, 1 in documents that this library creates} Other versions are kept and have no
     * effect.
     */
    public long version() {
        return version;
    }

    /** {@return the filaments in the file's order, as an unmodifiable list} */
    public List<Filament> filaments() {
        return filaments;
    }

    /**
     * {@return the filament with this instance id, if there is one}
     *
     * @param instanceId the filament's id, 1 or more
     */
    public Optional<Filament> find(long instanceId) {
        return filaments.stream().filter(f -> f.instanceId() == instanceId).findFirst();
    }

    /**
     * {@return the ids of the filaments whose curve no longer describes the points, in the file's order}
     *
     * <p>Only curves of known kinds are considered; see {@link Curve#isCurrentFor}.
     */
    public List<Long> staleCurves() {
        return filaments.stream()
                .filter(Filament::hasStaleCurve)
                .map(Filament::instanceId)
                .toList();
    }

    /**
     * {@return this document as Python stores it: without the curves of {@link #staleCurves}} Unknown kinds are kept.
     */
    public FilamentsDocument withoutStaleCurves() {
        return withFilaments(filaments.stream()
                .map(f -> f.hasStaleCurve() ? f.withCurve(null) : f)
                .toList());
    }

    /**
     * {@return this document with other filaments}
     *
     * @param filaments the filaments, in file order; copied
     * @throws IllegalArgumentException if two have the same instance id
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
