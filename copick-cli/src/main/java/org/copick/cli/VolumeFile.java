package org.copick.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.copick.CopickContext;
import org.copick.VolumeData;
import org.copick.error.CorruptDataException;
import org.copick.exchange.MrcFile;
import org.copick.storage.ObjectStore;
import org.copick.zarr.BoxSource;
import org.copick.zarr.Multiscale;
import org.copick.zarr.ZarrArray;
import org.copick.zarr.ZarrGroup;
import org.copick.zarr.ZarrNode;
import org.jspecify.annotations.Nullable;

/** A volume in a file or folder of another program: MRC or Zarr. */
final class VolumeFile implements AutoCloseable {
    /** What units of OME-NGFF are in Å; others count as Å, as in Python (spec 6.6). */
    private static final Map<String, Double> UNITS = Map.ofEntries(
            Map.entry("angstrom", 1.0),
            Map.entry("picometer", 1e-2),
            Map.entry("nanometer", 10.0),
            Map.entry("micrometer", 1e4),
            Map.entry("millimeter", 1e7),
            Map.entry("centimeter", 1e8),
            Map.entry("decimeter", 1e9),
            Map.entry("meter", 1e10),
            Map.entry("hectometer", 1e12),
            Map.entry("kilometer", 1e13));

    private final VolumeData data;
    private final OptionalDouble voxelSize;
    private final Optional<String> voxelSizeNote;
    private final List<String> warnings;
    private final AutoCloseable held;

    private VolumeFile(VolumeData data, OptionalDouble voxelSize, AutoCloseable held) {
        this.data = data;
        this.voxelSize = voxelSize;
        this.voxelSizeNote = Optional.empty();
        this.warnings = List.of();
        this.held = held;
    }

    private VolumeFile(MrcFile mrc) {
        this.data = VolumeData.of(mrc.type(), mrc.source(), mrc.shape());
        this.voxelSize = mrc.voxelSize();
        this.voxelSizeNote = mrc.voxelSizeNote();
        this.warnings = mrc.warnings();
        this.held = mrc;
    }

    /**
     * Opens a volume; its elements are read when they are asked for.
     *
     * @param type mrc, zarr, or null to go by the name
     */
    static VolumeFile open(CopickContext context, Path file, @Nullable String type) {
        String kind = type != null ? type.toLowerCase(java.util.Locale.ROOT) : ImportFiles.extension(file);
        return switch (kind) {
            case "mrc", "rec", "map" -> new VolumeFile(MrcFile.open(file));
            case "zarr" -> zarr(context, file);
            case "tif", "tiff", "em" ->
                throw new CommandFailure(file + ": " + kind + " files are not read yet; convert it to MRC or Zarr");
            default ->
                throw new CommandFailure(
                        file + ": \"" + kind + "\" is no known kind of volume; say mrc or zarr by --file-type");
        };
    }

    /** Refuses what cannot be imported before anything is written, and prints what the user should know of the rest. */
    static void check(
            CopickContext context, Path file, @Nullable String type, @Nullable Double given, PrintWriter err) {
        try (VolumeFile volume = open(context, file, type)) {
            volume.voxelSize(given, file);
            volume.warn(err, given, file);
        }
    }

    private static VolumeFile zarr(CopickContext context, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure(folder + " is no folder with a Zarr volume");
        }
        ObjectStore store = context.store(folder.toString());
        try {
            ZarrNode node = context.zarr()
                    .open(store, "")
                    .orElseThrow(() -> new CorruptDataException(folder + " holds no Zarr metadata"));
            Optional<Multiscale> image = node instanceof ZarrGroup group ? Multiscale.of(group) : Optional.empty();
            ZarrArray array = fullResolution(folder, node, image);
            VolumeData data = VolumeData.of(array.dataType(), BoxSource.of(array), array.shape());
            return new VolumeFile(data, image.map(VolumeFile::voxelSize).orElse(OptionalDouble.empty()), store);
        } catch (IllegalArgumentException e) {
            store.close();
            throw new CorruptDataException(folder + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static ZarrArray fullResolution(Path folder, ZarrNode node, Optional<Multiscale> image) {
        if (node instanceof ZarrArray array) {
            return array;
        }
        ZarrGroup group = (ZarrGroup) node;
        String path = image.filter(i -> !i.datasets().isEmpty())
                .map(i -> i.datasets().get(0).path())
                .orElse("0");
        if (group.member(path).orElse(null) instanceof ZarrArray array) {
            return array;
        }
        throw new CorruptDataException(folder + " holds no array \"" + path + "\"");
    }

    private static OptionalDouble voxelSize(Multiscale image) {
        if (image.datasets().isEmpty() || image.datasets().get(0).scale().isEmpty()) {
            return OptionalDouble.empty();
        }
        double[] scale = image.datasets().get(0).scale().get();
        double unit = image.axes().stream()
                .filter(axis -> axis.type().filter("space"::equals).isPresent())
                .flatMap(axis -> axis.unit().stream())
                .findFirst()
                .map(name -> UNITS.getOrDefault(name, 1.0))
                .orElse(1.0);
        return scale.length < 3 ? OptionalDouble.empty() : OptionalDouble.of(scale[scale.length - 3] * unit);
    }

    VolumeData data() {
        return data;
    }

    /** In Å, where the file says. */
    OptionalDouble voxelSize() {
        return voxelSize;
    }

    /** What was asked for, or else what the file says. */
    double voxelSize(@Nullable Double given, Path file) {
        if (given != null) {
            if (!(given > 0) || given.isInfinite()) {
                throw new CommandFailure("a voxel size of " + given + " Å is not possible");
            }
            return given;
        }
        return voxelSize.orElseThrow(() -> new CommandFailure(
                "cannot import " + file + ": " + voxelSizeNote.orElse("it does not say its voxel size")
                        + "; pass --voxel-size to say which one counts"));
    }

    /** Prints what the user should know of a volume that is imported all the same. */
    void warn(PrintWriter err, @Nullable Double given, Path file) {
        warnings.forEach(warning -> err.println("copick: warning: " + warning));
        if (given == null && voxelSize.isPresent()) {
            voxelSizeNote.ifPresent(
                    note -> err.println("copick: warning: " + file + ": " + note + "; --voxel-size sets another"));
        }
    }

    @Override
    public void close() {
        try {
            held.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("closing a file failed", e);
        }
    }
}
